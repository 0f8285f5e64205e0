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

  def cut
    Signalbox.configure { |c| c.redis = ->(*) { raise IOError, "the cable is cut" } }
  end

  def valid
    Events::Thing.updated(user_id: 1, contents: "secret")
  end

  # Every way to publish, with a user_id that fits the contract or does not.
  CALLS = {
    "by name" => ->(id) { Events.publish("thing", user_id: id, contents: "secret") },
    "by name, with options" => ->(id) { Events.with(commit: :now).publish("thing", user_id: id, contents: "secret") },
    "typed" => ->(id) { Events::Thing.updated(user_id: id, contents: "secret") },
    "typed, with options" => ->(id) { Events::Thing.with(commit: :now).updated(user_id: id, contents: "secret") },
    "batch" => ->(id) { Events.batch { Events::Thing.updated(user_id: id, contents: "secret") } },
    "later" => ->(id) { Events.publish_later("thing", user_id: id, contents: "secret") }
  }.freeze
  TWINS = {
    "by name" => ->(id) { Events.publish!("thing", user_id: id, contents: "secret") },
    "by name, with options" => ->(id) { Events.with(commit: :now).publish!("thing", user_id: id, contents: "secret") },
    "typed" => ->(id) { Events::Thing.updated!(user_id: id, contents: "secret") },
    "typed, with options" => ->(id) { Events::Thing.with(commit: :now).updated!(user_id: id, contents: "secret") },
    "batch" => ->(id) { Events.batch! { Events::Thing.updated(user_id: id, contents: "secret") } },
    "later" => ->(id) { Events.publish_later!("thing", user_id: id, contents: "secret") }
  }.freeze

  # A call in a job is a call in whatever environment the worker has.
  class CallingJob < ActiveJob::Base
    cattr_accessor :call, :answer

    def perform(id)
      self.answer = call.call(id)
    end
  end

  PLACES = {
    "here" => ->(call, id) { call.call(id) },
    "in a job" => lambda { |call, id|
      CallingJob.call = call
      CallingJob.perform_now(id)
      CallingJob.answer
    }
  }.freeze

  def each_call(calls)
    calls.each { |name, call| PLACES.each { |place, run| yield ->(id) { run.call(call, id) }, "#{name}, #{place}" } }
  end

  def test_violation_raises_in_development_and_test
    %w[development test].each do |environment|
      Rails.env = environment
      each_call(CALLS) { |call, name| assert_raises(Signalbox::ContractViolation, name) { call.call("x") } }
    end
    assert_empty @subscriber.reports
  end

  def test_violation_is_reported_in_production
    Rails.env = "production"
    cut
    each_call(CALLS) do |call, name|
      @subscriber.reports.clear
      assert_nil call.call("x"), name
      report = @subscriber.reports.fetch(0)
      assert_equal [ Signalbox::ContractViolation ], @subscriber.reports.map { |each| each[:error].class }, name
      assert_equal [ true, :error ], report.values_at(:handled, :severity)
      assert_equal({ channel: "thing", event: "updated" }, report[:context].except(:job))
      assert_equal "signalbox", report[:source] unless Rails.version.start_with?("7.0")
      refute_includes report.inspect, "secret"
    end
  end

  def test_violation_raises_everywhere_where_that_is_asked_for
    %w[development test production].each do |environment|
      Rails.env = environment
      each_call(TWINS) { |call, name| assert_raises(Signalbox::ContractViolation, "#{name}, #{environment}") { call.call("x") } }
    end
    assert_empty @subscriber.reports
  end

  def test_names_that_are_not_in_the_contract
    Rails.env = "production"
    assert_nil Events.publish("thng", user_id: 1)
    assert_nil Events.publish("room", :tping, room_id: 1)
    assert_nil Events.publish("room", room_id: 1)
    assert_equal [
      [ Signalbox::UnknownChannel, { channel: "thng" } ],
      [ Signalbox::UnknownEvent, { channel: "room:{roomId}", event: "tping" } ],
      [ Signalbox::UnknownEvent, { channel: "room:{roomId}" } ]
    ], @subscriber.reports.map { |each| [ each[:error].class, each[:context].except(:job) ] }
    assert_raises(Signalbox::UnknownChannel) { Events.publish!("thng", user_id: 1) }
  end

  # What is given in the place of a name may be a payload.
  def test_no_report_has_what_was_given_for_a_name
    Rails.env = "production"
    TestApp::LOG.truncate(TestApp::LOG.rewind)
    payload = { user_id: 1, contents: "secret" }
    assert_nil Events.publish(payload)
    assert_nil Events.publish(payload.to_json)
    assert_nil Events.publish(Struct.new(:contents).new("secret"))
    assert_nil Events.publish("thing", payload.to_json)
    assert_equal [ {}, {}, {}, { channel: "thing" } ], @subscriber.reports.map { |each| each[:context].except(:job) }
    refute_includes @subscriber.reports.inspect, "secret"
    refute_includes TestApp::LOG.string, "secret"
  end

  def test_delivery_failure_is_reported_everywhere
    %w[development test production].each do |environment|
      Rails.env = environment
      cut
      each_call(CALLS.except("later")) do |call, name|
        @subscriber.reports.clear
        assert_nil call.call(1), name
        report = @subscriber.reports.fetch(0)
        assert_equal [ Signalbox::DeliveryError ], @subscriber.reports.map { |each| each[:error].class }, name
        assert_instance_of IOError, report[:error].cause
        assert_equal %i[channel event id], report[:context].except(:job).keys
        refute_includes report.inspect, "secret"
      end
    end
  end

  def test_delivery_failure_raises_where_that_is_asked_for
    %w[development test production].each do |environment|
      Rails.env = environment
      cut
      each_call(TWINS.except("later")) { |call, name| assert_raises(Signalbox::DeliveryError, name) { call.call(1) } }
    end
    assert_empty @subscriber.reports
  end

  class LostQueue
    def enqueue(*)
      raise IOError, "the queue is away"
    end
    alias_method :enqueue_at, :enqueue
  end

  # Delivery is the job's business; what can fail here is putting it into the queue.
  def test_queue_that_takes_no_job
    Rails.env = "production"
    adapter = Signalbox::PublishJob.queue_adapter
    Signalbox::PublishJob.queue_adapter = LostQueue.new
    assert_nil CALLS.fetch("later").call(1)
    report = @subscriber.reports.fetch(0)
    assert_instance_of Signalbox::DeliveryError, report[:error]
    assert_includes report[:error].message, "the queue is away"
    assert_raises(Signalbox::DeliveryError) { TWINS.fetch("later").call(1) }
  ensure
    Signalbox::PublishJob.queue_adapter = adapter
  end

  def test_the_environment_can_be_overruled
    Signalbox.configure { |c| c.violations = :report }
    assert_nil CALLS.fetch("typed").call("x")
    Rails.env = "production"
    Signalbox.configure { |c| c.violations = :raise }
    assert_raises(Signalbox::ContractViolation) { CALLS.fetch("typed").call("x") }
  end

  # The caller has what it asked for even where the report itself fails.
  def test_a_reporter_that_raises
    Signalbox.configure { |c| c.reporter = ->(*) { raise KeyError, "no such project" } }
    TestApp::LOG.truncate(TestApp::LOG.rewind)
    cut
    assert_nil valid
    assert_includes TestApp::LOG.string, "the cable is cut"
    assert_includes TestApp::LOG.string, "the reporter raised KeyError: no such project"
  ensure
    Signalbox.configure { |c| c.reporter = nil }
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
