# frozen_string_literal: true

require_relative "../support/rails_app"

# Notifications, the log and error reports: what, where to, how much; never what was in it.
class ObservabilityTest < ActiveSupport::TestCase
  include ActiveJob::TestHelper

  setup do
    TestApp::LOG.truncate(TestApp::LOG.rewind)
    answer_with { 1 }
    @seen = []
    @subscriber = ActiveSupport::Notifications.subscribe("publish.signalbox") { |event| @seen << event }
  end

  teardown do
    ActiveSupport::Notifications.unsubscribe(@subscriber)
    Signalbox.configure { |c| c.redis = nil }
    assert_not_includes TestApp::LOG.string, "secret"
    assert_not_includes @seen.map { |event| event.payload.inspect }.join, "secret"
  end

  # @yieldreturn [Integer] gateways that have the message
  def answer_with
    Signalbox.configure { |c| c.redis = ->(_channel, _text) { yield } }
  end

  def publish
    Events::Thing.updated(user_id: 1, contents: "secret")
  end

  def payloads
    @seen.map(&:payload)
  end

  test "a notification tells of the messages, where they went, and how" do
    id = publish
    payload = payloads.fetch(0)
    assert_equal %i[bytes deferred messages receivers transport], payload.keys.sort
    assert_equal [ [ "thing", "updated", id ] ], payload[:messages].map { |m| [ m.channel, m.event, m.id ] }
    assert_equal payload[:messages].sum(&:bytes), payload[:bytes]
    assert_equal [ [ 1 ], "Signalbox::Transports::Redis", false ], payload.values_at(:receivers, :transport, :deferred)
    assert_operator @seen.first.duration, :>=, 0
  end

  test "a batch is one" do
    Events.batch { 2.times { publish } }
    assert_equal [ 2 ], payloads.map { |payload| payload[:messages].size }
    assert_equal [ [ 1, 1 ] ], payloads.map { |payload| payload[:receivers] }
  end

  test "after a commit and in a job it is deferred" do
    ApplicationRecord.transaction do
      publish
      assert_empty @seen
    end
    perform_enqueued_jobs { Events.publish_later("thing", user_id: 1, contents: "secret") }
    assert_equal [ true, true ], payloads.map { |payload| payload[:deferred] }
  end

  test "a failure has its exception, and no receivers" do
    answer_with { raise IOError, "the cable is cut" }
    assert_nil publish
    payload = payloads.fetch(0)
    assert_equal [ "IOError", "the cable is cut" ], payload[:exception]
    assert_instance_of IOError, payload[:exception_object]
    assert_not payload.key?(:receivers)
    assert_equal "[Signalbox] Signalbox::DeliveryError: thing updated: IOError: the cable is cut\n", TestApp::LOG.string
  end

  test "of a thread that is killed while it waits for the broker there is no line" do
    waits = Queue.new
    answer_with do
      waits << true
      Queue.new.pop
    end
    thread = Thread.new { publish }
    waits.pop
    thread.kill.join
    assert_equal [ false, false ], payloads.fetch(0).then { |payload| [ payload.key?(:receivers), payload.key?(:exception) ] }
    assert_empty TestApp::LOG.string
  end

  # A subscriber of the application's that raises: +at+ the start of a delivery, or at its finish.
  class Clumsy
    def initialize(at)
      @at = at
    end

    def start(*)
      raise KeyError, "no such metric" if @at == :start
    end

    def finish(*)
      raise KeyError, "no such metric" if @at == :finish
    end
  end

  def with_clumsy_subscribers(*moments)
    reports = []
    Signalbox.configure { |c| c.reporter = ->(error, context) { reports << [ error, context ] } }
    subscribers = moments.map { |at| ActiveSupport::Notifications.subscribe("publish.signalbox", Clumsy.new(at)) }
    yield reports
  ensure
    subscribers&.each { |subscriber| ActiveSupport::Notifications.unsubscribe(subscriber) }
    Signalbox.configure { |c| c.reporter = nil }
  end

  %i[start finish].each do |at|
    test "a subscriber that raises at the #{at} stops no delivery, and is reported" do
      sent = 0
      answer_with { sent += 1 }
      with_clumsy_subscribers(at) do |reports|
        id = publish
        assert_kind_of String, id
        assert_equal 1, sent
        assert_equal [ [ KeyError, { channel: "thing", event: "updated", id: id } ] ], reports.map { |error, context| [ error.class, context ] }
        assert_includes TestApp::LOG.string, "[Signalbox] a subscriber of publish.signalbox raised KeyError, told of thing updated: no such metric\n"
        assert_kind_of String, Events::Thing.updated!(user_id: 1, contents: "secret")
      end
    end
  end

  test "a job whose subscribers raise sends once" do
    sent = 0
    answer_with { sent += 1 }
    with_clumsy_subscribers(:finish, :finish) do |reports|
      perform_enqueued_jobs { Events.publish_later("thing", user_id: 1, contents: "secret") }
      assert_equal 1, sent
      assert_equal [ ActiveSupport::Notifications::InstrumentationSubscriberError ], reports.map { |error, _| error.class }
    end
  end

  test "a delivery that fails has failed, whatever a subscriber raises" do
    answer_with { raise IOError, "the cable is cut" }
    with_clumsy_subscribers(:finish) do |reports|
      assert_nil publish
      assert_equal [ KeyError, Signalbox::DeliveryError ], reports.map { |error, _| error.class }
      error = assert_raises(Signalbox::DeliveryError) { Events::Thing.updated!(user_id: 1, contents: "secret") }
      assert_instance_of IOError, error.cause
    end
  end

  # A subscriber with an opinion on whether it wants to hear.
  class Moody
    def start(*); end

    def finish(*); end

    def silenced?(_name)
      raise KeyError, "no such metric"
    end
  end

  test "a subscriber that raises when it is asked whether it listens stops no delivery, and is reported" do
    sent = 0
    answer_with { sent += 1 }
    without_lines do
      ActiveSupport::Notifications.unsubscribe(@subscriber)
      @subscriber = ActiveSupport::Notifications.subscribe("publish.signalbox", Moody.new)
      with_clumsy_subscribers do |reports|
        assert_kind_of String, Events::Thing.updated!(user_id: 1, contents: "secret")
        assert_equal 1, sent
        # Rails 7.0 does not ask.
        assert_equal Rails.version.start_with?("7.0") ? [] : [ KeyError ], reports.map { |error, _| error.class }
      end
    end
  end

  test "what is invalid is no delivery" do
    assert_raises(Signalbox::ContractViolation) { Events::Thing.updated(user_id: "x", contents: "secret") }
    assert_empty @seen
  end

  # A transport of the application's own, which says nothing of gateways.
  def deliver_with(&deliver)
    Signalbox.configure { |c| c.transport = Class.new { define_method(:deliver, &deliver) }.new }
    assert_equal 2, Events.batch! { 2.times { publish } }.size
    TestApp::LOG.string
  ensure
    Signalbox.configure { |c| c.transport = nil }
  end

  test "what a transport returns beside counts is none" do
    [ ->(ms) { ms.each { } }, ->(_) { "secret" }, ->(_) { 2 }, ->(_) { { 0 => 1 } }, ->(_) { [ 1 ] }, ->(_) { [ 1, "2" ] } ].each do |deliver|
      log = deliver_with(&deliver)
      assert_not_includes log, "gateway"
      assert_not_includes log, "#<"
      assert_nil payloads.last.fetch(:receivers)
    end
    assert_match(/, 3 gateways, .*\n.*B, \d+\.\d ms/, deliver_with { |_| [ 3, nil ] }.lines.last(2).join)
    assert_equal [ 3, nil ], payloads.last.fetch(:receivers)
  end

  test "without a logger there are no lines, and messages go out" do
    logger = Rails.logger
    Rails.logger = nil
    sent = 0
    answer_with { sent += 1 }
    _, err = capture_io { assert_kind_of String, Events::Thing.updated!(user_id: 1, contents: "secret") }
    assert_equal 1, sent
    assert_empty err
  ensure
    Rails.logger = logger
  end

  test "a line for each message, in colour where Rails' own lines are" do
    publish
    answer_with { 2 }
    Events.batch { 2.times { publish } }
    line = /\A\e\[35m\[Signalbox\]\e\[0m updated -> thing \(\d+ B, (\d) gateways?, \d+\.\d ms\)\n\z/
    assert_equal %w[1 2 2], TestApp::LOG.string.lines.map { |text| text[line, 1] }
  end

  test "without colour where there is none" do
    colour = ActiveSupport::LogSubscriber.colorize_logging
    ActiveSupport::LogSubscriber.colorize_logging = false
    publish
    assert_match(/\A\[Signalbox\] updated -> thing \(\d+ B, 1 gateway, \d+\.\d ms\)$/, TestApp::LOG.string)
  ensure
    ActiveSupport::LogSubscriber.colorize_logging = colour
  end

  def without_lines
    level = Rails.logger.level
    Rails.logger.level = Logger::INFO
    yield
  ensure
    Rails.logger.level = level
  end

  test "no line where the log is for more than debugging" do
    without_lines { publish }
    assert_empty TestApp::LOG.string
    assert_equal 1, @seen.size
  end
end
