# frozen_string_literal: true

# A real Rails application in one file, with two databases. SIGNALBOX_TEST_GENERATED as in support/runtime.
ENV["RAILS_ENV"] ||= "test"
require "bundler/setup"
require "tmpdir"
require "rails"
require "action_controller/railtie"
require "action_view/railtie"
require "active_job/railtie"
require "active_record/railtie"
require "minitest/autorun"
require "active_support/testing/autorun"
Bundler.require(:team)

GENERATED = ENV.fetch("SIGNALBOX_TEST_GENERATED")

class TestApp < Rails::Application
  config.load_defaults Rails::VERSION::STRING.to_f
  config.root = Dir.mktmpdir("signalbox-rails")
  config.eager_load = false
  config.cache_classes = false
  config.consider_all_requests_local = true
  config.secret_key_base = "0" * 64
  config.logger = ActiveSupport::Logger.new(LOG = StringIO.new)
  config.active_job.queue_adapter = :test
  config.active_support.test_order = :random
  config.autoload_paths << File.join(GENERATED, "app")
  config.hosts.clear

  initializer("signalbox") { require File.join(GENERATED, "signalbox/signalbox") }
end
Minitest.after_run { FileUtils.remove_entry(TestApp.config.root) }

ENV["DATABASE_URL"] = "sqlite3:#{TestApp.config.root}/first.sqlite3"
TestApp.initialize!

class ApplicationRecord < ActiveRecord::Base
  self.abstract_class = true
end

class OtherRecord < ActiveRecord::Base
  self.abstract_class = true
  establish_connection(adapter: "sqlite3", database: "#{TestApp.config.root}/second.sqlite3")
end

class Room < ApplicationRecord
end

class Account < OtherRecord
end

ActiveRecord::Schema.verbose = false
[ [ ApplicationRecord, :rooms ], [ OtherRecord, :accounts ] ].each do |base, table|
  base.connection.create_table(table) do |t|
    t.string :name
    t.string :password_digest
  end
end
