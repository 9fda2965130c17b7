// ReportParsing
