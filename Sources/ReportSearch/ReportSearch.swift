// ReportSearch
