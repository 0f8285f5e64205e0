# frozen_string_literal: true

require "bundler/setup"
require "fileutils"
require "minitest/autorun"
require "open3"
require "socket"
require "tmpdir"

# A real `bin/rails console` and `bin/rails runner` in production, with no broker: nothing raises that a customer's request
# would not see raised, and whoever sits at the console sees what was reported.
class ConsoleTest < Minitest::Test
  GENERATED = ENV.fetch("SIGNALBOX_TEST_GENERATED")
  FILES = {
    "config/application.rb" => <<~RUBY,
      require "bundler/setup"
      require "logger"
      require "rails"
      require "active_job/railtie"
      require "active_record/railtie"

      class ConsoleApp < Rails::Application
        config.load_defaults Rails::VERSION::STRING.to_f
        config.active_job.queue_adapter = :test
        config.eager_load = false
        config.secret_key_base = "0" * 64
        config.autoload_paths << #{File.join(GENERATED, "app").inspect}
      end
    RUBY
    "config/environment.rb" => <<~RUBY,
      require_relative "application"
      Rails.application.initialize!
    RUBY
    "config/initializers/signalbox.rb" => "require #{File.join(GENERATED, "signalbox/signalbox").inspect}\n",
    "bin/rails" => <<~RUBY
      APP_PATH = File.expand_path("../config/application", __dir__)
      require "bundler/setup"
      require "rails/commands"
    RUBY
  }.freeze
  ENVIRONMENT = { "RAILS_ENV" => nil, "RACK_ENV" => nil, "DATABASE_URL" => "sqlite3::memory:", "REDIS_URL" => nil,
                  "SIGNALBOX_URL" => nil }.freeze
  VIOLATION = "[Signalbox] Signalbox::ContractViolation: thing updated: user_id: Invalid input: expected number"
  FAILURE = "[Signalbox] Signalbox::DeliveryError: thing updated: Signalbox knows no broker"

  def setup
    @folder = Dir.mktmpdir("signalbox-console")
    FILES.each do |path, text|
      file = File.join(@folder, path)
      FileUtils.mkdir_p(File.dirname(file))
      File.write(file, text)
    end
  end

  def teardown
    FileUtils.remove_entry(@folder)
  end

  def rails(*arguments, input: "", environment: {})
    Open3.capture3({ **ENVIRONMENT, **environment }, RbConfig.ruby, "bin/rails", *arguments, chdir: @folder, stdin_data: input)
  end

  def test_console_in_production
    out, err, status = rails("console", "-e", "production", input: <<~RUBY)
      print "invalid: ", Events.publish("thing", { user_id: "x", contents: "secret" }).inspect, "\\n"
      print "undelivered: ", Events.publish("thing", { user_id: 1, contents: "secret" }).inspect, "\\n"
      print "later: ", Events.publish_later("thing", { user_id: 1, contents: "secret" }).class, "\\n"
      print "jobs: ", Signalbox::PublishJob.queue_adapter.enqueued_jobs.size, "\\n"
      print "twin: ", (Events.publish!("thing", { user_id: "x", contents: "secret" }) rescue $!.class), "\\n"
    RUBY

    assert_predicate status, :success?, err
    assert_includes out, "invalid: nil\n"
    assert_includes out, "undelivered: nil\n"
    # Nothing had loaded ActiveJob before.
    assert_includes out, "later: String\n"
    assert_includes out, "jobs: 1\n"
    assert_includes out, "twin: Signalbox::ContractViolation\n"
    # Rails shows the log here.
    [ err, File.read(File.join(@folder, "log/production.log")) ].each do |text|
      assert_includes text, VIOLATION
      assert_includes text, FAILURE
      refute_includes text, "secret"
    end
  end

  # As docs/ruby.md says to write settings of one environment: its file is read before there is a Signalbox.
  def test_settings_of_the_test_environment
    FileUtils.mkdir_p(File.join(@folder, "config/environments"))
    File.write(File.join(@folder, "config/environments/test.rb"), <<~RUBY)
      Rails.application.configure do
        config.after_initialize do
          Signalbox.configure { |c| c.redis = ->(channel, _text) { puts "sent to \#{channel}" } }
        end
      end
    RUBY
    File.write(File.join(@folder, "config/initializers/signalbox.rb"), <<~RUBY, mode: "a")
      Signalbox.configure { |c| c.prefix = "test:" } if Rails.env.test?
    RUBY
    out, err, status = rails("runner", "-e", "test", 'Events.publish!("thing", { user_id: 1, contents: "x" })')
    assert_predicate status, :success?, err
    assert_equal "sent to test:thing\n", out
  end

  # It has a broker, which nobody connects to: booting does not, and nothing invalid is sent.
  def test_runner
    broker = TCPServer.new("127.0.0.1", 0)
    call = 'print "answer: ", Events.publish("thing", { user_id: "x", contents: "secret" }).inspect, "\n"'
    url = { "REDIS_URL" => "redis://127.0.0.1:#{broker.addr[1]}" }
    out, err, status = rails("runner", "-e", "production", call, environment: url)
    assert_predicate status, :success?, err
    assert_includes out, "answer: nil\n"
    assert_includes File.read(File.join(@folder, "log/production.log")), VIOLATION
    assert_equal :wait_readable, broker.accept_nonblock(exception: false)

    _out, err, status = rails("runner", "-e", "development", call)
    refute_predicate status, :success?
    assert_includes err, "(Signalbox::ContractViolation)"
  ensure
    broker&.close
  end
end
