require_relative "config/environment"

# So that the demo needs no step before it: an app of your own runs `bin/rails db:prepare` in its set-up and its deploys.
ActiveRecord::Base.connection_pool.migration_context.migrate if Rails.env.development?

run Rails.application
