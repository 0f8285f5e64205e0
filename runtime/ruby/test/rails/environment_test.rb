# frozen_string_literal: true

require_relative "../support/rails_app"

# The table of docs/ruby.md: what is raised, reported or sent in which environment.
class EnvironmentTest < Minitest::Test
  # Rails 7.0 has no way to unsubscribe.
  class Subscriber
    attr_reader :reports

    def initialize
      @reports = []
    end

    def report(error, handled:, severity:, context:, source: nil)
      @reports << { error: error, handled: handled, severity: severity, context: context, source: source }
    end
  end

  SUBSCRIBER = Subscriber.new
  Rails.error.subscribe(SUBSCRIBER)

  def setup
    @subscriber = SUBSCRIBER
    @subscriber.reports.clear
    reset
  end

  def teardown
    Rails.env = "test"
    reset
  end

  def reset
    Signalbox.configure { |c| c.redis = c.transport = c.violations = nil }
  end

  def invalid
    Events::Thing.updated(user_id: "x", contents: "secret")
  end

  def valid
    Events::Thing.updated(user_id: 1, contents: "secret")
  end

  def cut
    Signalbox.configure { |c| c.redis = ->(*) { raise IOError, "the cable is cut" } }
  end

  def test_violation_raises_in_development_and_test
    %w[development test].each do |environment|
      Rails.env = environment
      assert_raises(Signalbox::ContractViolation, environment) { invalid }
    end
    assert_empty @subscriber.reports
  end

  def test_violation_is_reported_in_production
    Rails.env = "production"
    cut

    assert_nil invalid
    report = @subscriber.reports.fetch(0)
    assert_instance_of Signalbox::ContractViolation, report[:error]
    assert_equal [ true, :error ], report.values_at(:handled, :severity)
    assert_equal "signalbox", report[:source] unless Rails.version.start_with?("7.0")
    refute_includes report.inspect, "secret"
    assert_raises(Signalbox::ContractViolation) { Events::Thing.updated!(user_id: "x", contents: "x") }
  end

  def test_delivery_failure_is_reported_everywhere
    %w[development test production].each do |environment|
      Rails.env = environment
      cut
      assert_nil valid, environment
      assert_raises(Signalbox::DeliveryError) { Events::Thing.updated!(user_id: 1, contents: "x") }
    end
    assert_equal [ Signalbox::DeliveryError ] * 3, @subscriber.reports.map { |r| r[:error].class }
    assert_equal "thing", @subscriber.reports.first[:context][:channel]
    refute_includes @subscriber.reports.inspect, "secret"
  end

  def test_nothing_is_sent_in_tests
    ENV["REDIS_URL"] = "redis://127.0.0.1:1"
    assert_kind_of String, valid
    assert_equal %w[updated], Signalbox::Testing.buffer.messages.map(&:event)
  ensure
    ENV.delete("REDIS_URL")
  end

  def test_development_speaks_to_the_memory_broker
    Rails.env = "development"
    reset
    assert_instance_of Signalbox::Transports::Http, Signalbox.transport
  end

  def test_production_wants_a_broker
    Rails.env = "production"
    reset
    assert_nil valid
    assert_includes @subscriber.reports.fetch(0)[:error].message, "REDIS_URL"
  end
end
