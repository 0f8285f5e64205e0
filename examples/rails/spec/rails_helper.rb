ENV["RAILS_ENV"] ||= "test"
require_relative "../config/environment"
require "rspec/rails"
require_relative "../test/support/chromium"

ActiveRecord::Migration.maintain_test_schema!

RSpec.configure do |config|
  config.use_transactional_fixtures = true
  config.infer_spec_type_from_file_location!

  config.include Signalbox::RSpecMatchers
  config.include Signalbox::SystemTestHelper, type: :system
  config.before { Signalbox::Testing.clear }
  config.before(type: :system) { driven_by :cuprite, screen_size: [ 1200, 800 ], options: CHROMIUM }
end
