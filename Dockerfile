FROM python:3.11-slim
ENV LANG=C.UTF-8 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
RUN useradd --create-home dealdesk
WORKDIR /app
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
RUN pip install '.[postgres]'
USER dealdesk
WORKDIR /home/dealdesk
EXPOSE 3000
# Several processes share the work on PostgreSQL: `docker run … dealdesk web`, `docker run … dealdesk worker`.
CMD ["dealdesk", "run"]
