"""What an import refuses: a file that cannot be read as a table, and rows that say what cannot be kept."""

from bot.domain.errors import Refusal


class FileUnreadable(Refusal):
    """The bytes are not what the file's ending says."""

    message = "{file} cannot be read as {format}: {reason}. Save it again as CSV (UTF-8), XLSX or JSON lines."


class EncodingUnknown(Refusal):
    """Bytes that are no text in any encoding that is likely."""

    message = "{file} is in an encoding that I do not know. Save it again as UTF-8."


class LineNotAnObject(Refusal):
    """A line of JSON lines that is not an object."""

    message = "{file}, line {line}: each line is one JSON object, such as {example}"


class UnknownEnding(Refusal):
    """Neither CSV, nor XLSX, nor JSON lines."""

    message = (
        "{file}: I read and write .csv, .xlsx and .jsonl. Example: dealdesk import customers customers.csv"
    )


class FileEmpty(Refusal):
    """No heading, or no row below it."""

    message = "{file} has no rows. The first line names the columns, such as: name,industry"


class ColumnTwice(Refusal):
    """A heading that stands over two columns."""

    message = "{file} has two columns named “{column}”. Rename one of them."


class ColumnsAlike(Refusal):
    """Two columns that can both be the same field."""

    message = (
        "Both “{first}” and “{second}” can be {wanted}. Say which with --map, in a file with the lines: "
        '[columns] and {wanted} = "{first}"'
    )


class ColumnMissing(Refusal):
    """A column without which the rows mean nothing."""

    message = (
        "I find no column for {wanted} among: {columns}. Rename one, or use --map with a file that has "
        'the lines: [columns] and {wanted} = "the column\'s name"'
    )


class MappingUnreadable(Refusal):
    """The --map file is not TOML."""

    message = (
        '--map {file}: {reason}. Example of such a file: date_order = "MDY", then a line [columns], then '
        'amount = "Deal size"'
    )


class MappingSaysMore(Refusal):
    """A key that a mapping does not have."""

    message = "--map {file}: “{word}” is not something it can say. It can have date_order, and [columns]."


class MappedColumnNotAName(Refusal):
    """A field that is mapped to something other than a heading."""

    message = (
        "--map {file}: below [columns] each line is a field and a column's name, "
        'such as amount = "Deal size".'
    )


class MappedOrderUnknown(Refusal):
    """An order of dates that is none."""

    message = "--map {file}: date_order is MDY, DMY or YMD, not “{typed}”."


class MappedFieldUnknown(Refusal):
    """The --map file names a field that this kind does not have."""

    message = "--map {file}: {kind} have no field “{wanted}”. Their fields: {fields}."


class MappedColumnUnknown(Refusal):
    """The --map file names a column that the file does not have."""

    message = "--map {file}: there is no column “{column}”. The columns are: {columns}."


class DateOrderUnknown(Refusal):
    """A column of dates that can be read month first and day first."""

    message = (
        "The dates in “{column}” can be month/day or day/month (such as {example}, line {line}). Say which: "
        'use --map with a file that has the line date_order = "MDY" or date_order = "DMY"'
    )


class RowOfOtherLength(Refusal):
    """More or fewer cells than headings."""

    message = (
        "It has {count} cell, and the first line names {expected}. Is a quotation mark or a comma missing?|"
        "It has {count} cells, and the first line names {expected}. Is a quotation mark or a comma missing?"
    )


class NotADay(Refusal):
    """A cell that is no date."""

    message = "“{typed}” in {column} is not a date. Write it as 2026-12-31."


class NotAMoment(Refusal):
    """A cell that is no date with a time."""

    message = "“{typed}” in {column} is not a moment. Write it as 2026-12-31T15:00."


class NotAnAmount(Refusal):
    """A cell that is no amount."""

    message = "“{typed}” in {column} is not an amount. Write it as 1234.50."


class AmountOfTwoReadings(Refusal):
    """1.234: a thousand and more, or one and a bit."""

    message = "“{typed}” in {column} can be {plain} or {grouped}. Write it without a separator of thousands."


class AmountNegative(Refusal):
    """Less than nothing."""

    message = "{typed} in {column} is negative. An amount is 0 or more; leave it empty where it is unknown."


class NotACurrency(Refusal):
    """A cell that is no ISO 4217 code."""

    message = "“{typed}” in {column} is not a currency. Write its code, such as USD or CNY."


class TwoCurrencies(Refusal):
    """The amount's sign and the currency column disagree."""

    message = "The amount {typed} is in {first}, and the column for the currency says {second}."


class NotOneOf(Refusal):
    """A word outside a closed list."""

    message = "“{typed}” in {column} is none of: {words}."


class NotACount(Refusal):
    """A cell that is no number of people."""

    message = "“{typed}” in {column} is not a number of people. Write it as 250."


class NotAScore(Refusal):
    """A cell that is no score of either scale."""

    message = (
        "{column} is “{typed}”, which is no score: satisfaction (CSAT) is 1 to 5, "
        "recommendation (NPS) 0 to 10."
    )


class NotAShare(Refusal):
    """A cell that is no percentage."""

    message = "“{typed}” in {column} is not a percentage from 0 to 100."


class NotAWholeNumber(Refusal):
    """A cell that is no whole number in its range."""

    message = "“{typed}” in {column} is not a whole number from 0 to 100."


class CellMissing(Refusal):
    """An empty cell where the row needs a value."""

    message = "{column} is empty."


class RowContradicts(Refusal):
    """One external id, two different rows."""

    message = "It has the id {external_id} of line {line}, and says something else. Keep one of the two."


class OpenYetClosed(Refusal):
    """An open opportunity with a day of closing, or in a stage that ends it."""

    message = "It is open, and yet “{typed}” says that it has ended. Correct the outcome or empty the other."


class EndUnknown(Refusal):
    """A day of closing without a word whether it was won or lost."""

    message = "It closed on {day}, but neither outcome nor stage says whether it was won or lost."


class SeveralPeople(Refusal):
    """A name that more than one person has."""

    message = "{count} people are named {name}. Write the Slack id instead, such as U012ABCDEF."


class PersonUnknown(Refusal):
    """Nobody has the name."""

    message = "I know nobody named {name}. Import people first, or write a Slack id, such as U012ABCDEF."


class OpportunityUnknown(Refusal):
    """No opportunity has the external id."""

    message = "I know no opportunity with the id {external_id}. Import the opportunities first."


class PeriodUnclear(Refusal):
    """A quota without a period that can be read."""

    message = (
        "I cannot tell the quota's period. Give starts_on and last_on as days, such as 2026-01-01 and "
        "2026-03-31, or period as 2026-03 (a month)."
    )


class PeriodBackwards(Refusal):
    """A period that ends before it begins."""

    message = "The period ends on {last}, before it begins on {first}."


class ZoneUnknown(Refusal):
    """A cell that names no time zone."""

    message = "“{typed}” is not a time zone. Write one such as Asia/Shanghai or America/New_York."


class NotAChange(Refusal):
    """A row of changes without a new value, or with one that its field cannot have."""

    message = "A change of {field_name} needs its new value."
