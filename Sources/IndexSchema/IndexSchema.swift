// IndexSchema
