# frozen_string_literal: true

require_relative "../support/rails_app"

# How system tests get their gateway. The real one is in the system tests of examples/rails.
class TestGatewayTest < ActiveSupport::TestCase
  GATEWAY = Signalbox::Testing::Gateway

  # What Minitest does around a system test.
  class Lifecycle
    def before_setup; end
    def after_teardown; end
  end

  class SystemTest < Lifecycle
    include Signalbox::TestHelper
    include Signalbox::SystemTestHelper
  end

  setup { forget }

  teardown do
    forget
    GATEWAY.command = GATEWAY.folder = nil
    ENV.delete("SIGNALBOX_TEST_URL")
    ENV.delete("SIGNALBOX_PUBLISH_KEY")
    Signalbox.configure { |c| c.transport = c.redis = c.gateway_url = nil }
  end

  def forget
    GATEWAY.instance_variable_set(:@current, nil)
  end

  def started_with(*command)
    GATEWAY.command = command
    assert_raises(Signalbox::Error) { GATEWAY.current }.message
  end

  test "one that ends at once is told with its last words" do
    message = started_with("sh", "-c", "echo no schema here; exit 3")
    assert_includes message, "the gateway for system tests has ended"
    assert_includes message, "no schema here"
  end

  test "one that is not installed is told with what to do" do
    GATEWAY.command = nil
    message = assert_raises(Signalbox::Error) { GATEWAY.current }.message
    assert_includes message, "there is no node_modules/.bin/signalbox in #{Rails.root}"
    assert_includes message, "npm install"
  end

  test "it is told what both sides must agree on, and nothing of development's" do
    ENV["REDIS_URL"] = "redis://127.0.0.1:1"
    message = started_with("sh", "-c", 'echo "$SESSION_KEY $SECRET_KEY_BASE [$REDIS_URL] $SIGNALBOX_URL:$PORT"; exit 1')
    assert_match(/_test_app_session #{"0" * 64} \[\] http:\/\/127\.0\.0\.1:(\d+):\1$/, message)
  ensure
    ENV.delete("REDIS_URL")
  end

  test "while a system test runs, events go to the gateway that SIGNALBOX_TEST_URL names, and pages too" do
    ENV["SIGNALBOX_TEST_URL"] = "http://127.0.0.1:1/"
    ENV["SIGNALBOX_PUBLISH_KEY"] = "k" * 32
    run = SystemTest.new
    run.before_setup
    assert_equal "ws://127.0.0.1:1/realtime", Signalbox.configuration.gateway_url
    error = assert_raises(Signalbox::DeliveryError) { Events::Thing.updated!(user_id: 1, contents: "x") }
    assert_includes error.message, "127.0.0.1:1"
    assert_empty Signalbox::Testing.buffer.messages # what did not arrive was not published

    run.after_teardown
    assert_nil Signalbox.configuration.gateway_url
    assert Events::Thing.updated!(user_id: 1, contents: "x")
  end

  test "one that runs already needs its key" do
    ENV["SIGNALBOX_TEST_URL"] = "http://127.0.0.1:1"
    assert_includes assert_raises(Signalbox::ConfigurationError) { GATEWAY.current }.message, "SIGNALBOX_PUBLISH_KEY"
  end

  test "a line of the application's own stays" do
    heard = []
    Signalbox.configure { |c| c.redis = ->(channel, _text) { heard << channel } }
    run = SystemTest.new
    run.before_setup
    Events::Thing.updated!(user_id: 1, contents: "x")
    run.after_teardown
    assert_equal %w[thing], heard
    assert Signalbox.configuration.redis
  end
end
