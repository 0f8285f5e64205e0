Rails.application.configure do
  config.cache_classes = true
  config.eager_load = true
  config.active_record.dump_schema_after_migration = false
  config.logger = ActiveSupport::TaggedLogging.new(ActiveSupport::Logger.new($stdout))
end
