"""The stages that a file names: found in the pipeline that it says, made where they are unknown."""

from bot.domain.stages import FIRST_STAGES, StageKind, category_of
from bot.services.imports.report import Report
from bot.services.imports.words import same_name
from bot.store import Session
from bot.store.models import Opportunity, Pipeline, Stage
from bot.store.pipelines import list_pipelines
from bot.store.transfers import everything_of


class Stages:
    """The stages of one pipeline."""

    def __init__(self, session: Session, pipeline_id: int, stages: list[Stage], report: Report) -> None:
        self._session, self._pipeline_id, self._report = session, pipeline_id, report
        self._stages = sorted(stages, key=lambda stage: (stage.position, stage.id))

    def meet(self, name: str, kind: StageKind = StageKind.OPEN) -> Stage:
        """The stage of this name; a new one comes after those of its kind, open ones before the ends."""
        for stage in self._stages:
            if same_name(stage.name) == same_name(name):
                stage.deleted_at = None
                return stage
        stage = Stage(
            pipeline_id=self._pipeline_id,
            name=name,
            kind=kind,
            position=len(self._stages),
            category=category_of(kind, name),
        )
        self._session.add(stage)
        opens = [each for each in self._stages if each.is_open]
        place = len(opens) if kind == StageKind.OPEN else len(self._stages)
        self._stages.insert(place, stage)
        for position, each in enumerate(self._stages):
            each.position = position
        self._session.flush()
        self._report.count_made("stages")
        return stage

    def find(self, name: str) -> Stage | None:
        """The pipeline's stage of this name; one that is retired too, since a file may tell of the past."""
        wanted = same_name(name)
        return next((each for each in self._living() if same_name(each.name) == wanted), None)

    def first(self, kind: StageKind) -> Stage:
        """The first stage of a kind that something can move into; a usual one is made where there is none."""
        for stage in self._living():
            if stage.kind == kind and stage.retired_at is None:
                return stage
        return self.meet(next(name for name, each in FIRST_STAGES if each == kind), kind)

    def by_id(self, stage_id: int) -> Stage:
        """A stage of the pipeline."""
        return next(stage for stage in self._stages if stage.id == stage_id)

    def _living(self) -> list[Stage]:
        return [stage for stage in self._stages if stage.deleted_at is None]


class Pipelines:
    """Every pipeline with its stages. A row goes into the one that it names, else where it is already."""

    def __init__(self, session: Session, report: Report) -> None:
        self._session, self._report = session, report
        self._pipelines = list_pipelines(session, retired=True)
        everything = everything_of(session, Stage, deleted=True)
        self._pipeline_of = {stage.id: stage.pipeline_id for stage in everything}
        self._stages = {
            each.id: Stages(
                session, each.id, [stage for stage in everything if stage.pipeline_id == each.id], report
            )
            for each in self._pipelines
        }

    def of(self, opportunity: Opportunity | None, name: str | None = None) -> Stages:
        """The stages among which a row's stage is sought."""
        if name is not None:
            return self._stages[self._met(name).id]
        if opportunity is not None and opportunity.stage_id in self._pipeline_of:
            return self._stages[self._pipeline_of[opportunity.stage_id]]
        return self._stages[self._pipelines[0].id]

    def _met(self, name: str) -> Pipeline:
        for each in self._pipelines:
            if same_name(each.name) == same_name(name):
                return each
        pipeline = Pipeline(name=name, position=max(each.position for each in self._pipelines) + 1)
        self._session.add(pipeline)
        self._session.flush()
        self._pipelines.append(pipeline)
        self._stages[pipeline.id] = Stages(self._session, pipeline.id, [], self._report)
        self._report.count_made("pipelines")
        return pipeline
