// ReportIndexing
