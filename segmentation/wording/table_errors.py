"""What each error about a file or a table says: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.wording.language import mark

TABLE_SENTENCES: Mapping[str, tuple[str, str]] = {
    "EmptyFile": (
        mark("The file is empty."),
        mark("Export it again from where it came from, and check that it holds a table."),
    ),
    "HeaderOnly": (
        mark("The file has column names but no customers below them."),
        mark("Export it again with its rows, or choose another sheet."),
    ),
    "UnreadableFile": (
        mark("The file “{name}” could not be opened ({detail})."),
        mark("Open it in the program it came from and save it again, as CSV or XLSX."),
    ),
    "ProtectedFile": (
        mark("The file “{name}” is protected by a password."),
        mark("Open it in the program it came from, remove the password and save it again."),
    ),
    "ReaderStopped": (
        mark("The file “{name}” is damaged, or needs more memory or time than one file may use."),
        mark("Delete cells far away from the table, or save the table as CSV, and upload that."),
    ),
    "UnknownFormat": (
        mark("The file “{name}” is of no kind that can be opened."),
        mark("Save the table as CSV, XLSX, XLS, ODS, Parquet, SAV, DTA or XPT and upload that."),
    ),
    "FileTooLarge": (
        mark("The file holds {size_mb:count} MB; at most {limit_mb:count} MB can be opened."),
        mark("Leave out columns that you do not need, or split the file."),
    ),
    "OutOfProportion": (
        mark(
            "Unpacked, the file “{name}” would hold at least {size_mb:count} MB; for its size at "
            "most {limit_mb:count} MB are opened."
        ),
        mark("Unpack it yourself, or save the table as CSV, and upload that."),
    ),
    "NoTableInside": (
        mark("No file inside the archive “{name}” can be a table."),
        mark("Check what it holds; put the table into it as CSV or XLSX, or upload it by itself."),
    ),
    "CatalogueAlone": (
        mark("“{name}” is a SAS catalogue: labels of values, and no table that they belong to."),
        mark(
            "Open it together with the SAS7BDAT file that it explains: choose both at once, or put "
            "both into one ZIP file. Of several catalogues, give each the name of its table."
        ),
    ),
    "NestedArchive": (
        mark("The archive “{name}” holds another archive ({member})."),
        mark("Unpack it yourself and upload the table that is in it."),
    ),
    "NotACodebook": (
        mark("No column of the codebook names the variables that it describes."),
        mark("Call that column “variable”. The columns found are: {columns:list}."),
    ),
    "UnknownSheet": (
        mark("“{name}” has no sheet “{sheet}”."),
        mark("Its sheets are: {sheets:list}."),
    ),
    "EmptyCodebook": (
        mark("The codebook “{name}” describes no variable."),
        mark("Give it a row for each variable, with its name in a column called “variable”."),
    ),
    "CodebookOfAnotherTable": (
        mark("None of the variables of the codebook “{name}” is in the table: {names:list}."),
        mark("Name the variables as the table names its columns, such as {columns:list}."),
    ),
    "TooManyColumns": (
        mark("The table has {n_columns:count} columns; at most {limit:count} can be opened."),
        mark("Check the delimiter, or leave out columns that you do not need."),
    ),
    "TooManyRows": (
        mark("The table has {n_rows:count} rows; at most {limit:count} can be opened."),
        mark("Draw a sample of the customers, or leave out those you do not need."),
    ),
    "CellTooLong": (
        mark("One line of the file is longer than {limit_mb:count} MB."),
        mark("Look for a quotation mark that is never closed, and correct it."),
    ),
    "UnknownColumn": (
        mark("There is no column called “{name}”."),
        mark("The nearest are: {nearest:list}."),
    ),
    "NoCustomersLeft": (
        mark("The population filter leaves none of the {n_before:count} customers."),
        mark("Loosen or remove a condition of the filter on the Table page."),
    ),
    "UnknownTable": (
        mark("The warehouse has no table called “{name}” that may be read."),
        mark("Write it with its schema, and check that the server’s user may read it."),
    ),
    "EmptyTable": (
        mark("The table “{name}” of the warehouse has no customers."),
        mark("Choose another table or view, one with a row for each customer."),
    ),
    "NotInWarehouse": (
        mark(
            "Only the sample here was narrowed to first rows, or split into answers (“{name}”); "
            "the warehouse's whole table cannot be."
        ),
        mark("Do that in a view of the warehouse and open the view."),
    ),
    "SegmentsNotInWarehouse": (
        mark("Only segments as they were found can be placed in the warehouse."),
        mark(
            "Undo what was changed by hand, or take the SQL of the golden questions on the "
            "Profiles page."
        ),
    ),
    "MethodNotInWarehouse": (
        mark("Customers of a warehouse are placed at the nearest mean, which only k-means does."),
        mark("Choose k-means, or download the table and open it as a file."),
    ),
    "TooManyTexts": (
        mark(
            "“{name}” is text in the warehouse and has more than {limit:count} different values: "
            "too many to read them there as they are read here."
        ),
        mark("Give the column its type in a view of the warehouse and open that, or leave it out."),
    ),
    "NotOrders": (
        mark(
            "These are no order lines: they need a column that names the customer, with values "
            "that repeat, and a date or an amount."
        ),
        mark("Say which columns hold the customer, the date and the amount."),
    ),
    "UnclearDates": (
        mark("The dates of “{name}” can be read with the day first or with the month first."),
        mark(
            "Say on the Table page, before the orders are summed up, which comes first (on the "
            "command line --dates)."
        ),
    ),
    "NoOrdersLeft": (
        mark("None of the {n_lines:count} lines belongs to an order that counts."),
        mark("Check which columns hold the customer, the date, the amount and the status."),
    ),
    "SeveralRowsPerId": (
        mark("“{file}” has {n:count} more rows than different values of “{name}”."),
        mark("Bring it to one row for each value first, or take the first row of each."),
    ),
    "FilesOfOneName": (
        mark("Two of the files are both called “{name}”."),
        mark("Give one of them another name."),
    ),
    "OtherColumns": (
        mark("“{name}” and “{first}” have different columns, so they cannot become one table."),
        mark(
            "Files with the same columns become one table; add one with others by an id, on the "
            "Table page or with --join."
        ),
    ),
    "PartMissing": (
        mark("The file “{name}”, which is a part of this study's table, is missing."),
        mark("Open all files of the table at once, then load the study."),
    ),
    "NotInStudy": (
        mark("The study says which files are put together, and how; “{name}” is not part of it."),
        mark("Leave it out, or begin without the study."),
    ),
    "JoinFileMissing": (
        mark("The file “{name}”, which belongs to this study, is missing."),
        mark("Add it again, or take the study's step that joins it out."),
    ),
    "PlacesFileMissing": (
        mark("Distances to “{label}” belong to this study, and their file “{name}” is missing."),
        mark(
            "Open it under “Near places” on the Geography page, or give it with --places, and "
            "load the study again."
        ),
    ),
    "PlacesWithoutCoordinates": (
        mark(
            "“{name}” has no columns that are called latitude and longitude. Columns of numbers: "
            "{columns:list}."
        ),
        mark("Choose them on the Geography page, or name them by --places-columns LAT,LON."),
    ),
    "NoPlaces": (
        mark("No row of “{name}” has coordinates that can be right."),
        mark("Latitudes lie between −90 and 90, longitudes between −180 and 180 degrees."),
    ),
    "NoCoordinates": (
        mark("The customers have no coordinates, so nothing is near or far."),
        mark(
            "Give a column of latitudes and one of longitudes the role “Location” on the "
            "Variables page."
        ),
    ),
}
