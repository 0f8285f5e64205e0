# frozen_string_literal: true

require_relative "support/runtime"

# What is raised and what is reported, without Rails.
class FailuresTest < Minitest::Test
  include RuntimeTest

  def setup
    super
    @reports = []
    reports = @reports
    Signalbox.configure do |c|
      c.reporter = ->(error, context) { reports << [ error, context ] }
      c.logger = Logger.new(@log = StringIO.new)
    end
  end

  def broken
    Signalbox.configure { |c| c.redis = ->(_channel, _text) { raise IOError, "the cable is cut" } }
  end

  def test_violation_raises_outside_production
    assert_raises(Signalbox::ContractViolation) { Events::Thing.updated(user_id: "x", contents: "x") }
    assert_raises(Signalbox::ContractViolation) { Events.publish("thing", user_id: "x", contents: "x") }
    assert_empty @reports
  end

  def test_violation_is_reported_where_that_is_asked_for
    Signalbox.configure { |c| c.violations = :report }

    assert_nil Events::Thing.updated(user_id: "x", contents: "x")
    assert_nil Events.publish("thng", {})
    assert_nil Events.publish("thing", :created, {})
    assert_equal [ Signalbox::ContractViolation, Signalbox::UnknownChannel, Signalbox::UnknownEvent ], @reports.map { |e, _| e.class }
    assert_empty @sent
    assert_raises(Signalbox::ContractViolation) { Events::Thing.updated!(user_id: "x", contents: "x") }
    assert_raises(Signalbox::UnknownChannel) { Events.publish!("thng", {}) }
  end

  def test_delivery_failure_is_reported
    broken

    assert_nil Events::Thing.updated(user_id: 1, contents: "secret")
    error, context = @reports.fetch(0)
    assert_instance_of Signalbox::DeliveryError, error
    assert_instance_of IOError, error.cause
    assert_equal [ "thing", "updated" ], context.values_at(:channel, :event)
    assert_includes @log.string, "the cable is cut"
    refute_includes @log.string, "secret"
  end

  def test_of_a_batch_as_many_names_as_help
    broken

    assert_nil Events.batch { 7.times { |n| Events::Room.typing(room_id: n + 1, author: "secret") } }
    assert_includes @log.string, "DeliveryError: room:1, room:2, room:3, room:4, room:5, ... typing: IOError"
    assert_equal [ 7, "typing", 7 ], [ @reports[0][1][:channel].size, *@reports[0][1][:event], @reports[0][1][:id].size ]
    refute_includes @log.string, "secret"
  end

  def test_a_report_is_one_line_in_the_log
    Signalbox.configure do |c|
      c.redis = ->(_channel, _text) { raise IOError, "the cable\r\n  is cut\n\xff" }
      c.reporter = ->(_error, _context) { raise KeyError, "no such\nproject" }
    end

    assert_nil Events::Thing.updated(user_id: 1, contents: "x")
    lines = @log.string.lines.map { |line| line[/\[Signalbox\].*/] }
    assert_equal [ "[Signalbox] Signalbox::DeliveryError: thing updated: IOError: the cable is cut \u{FFFD}", "[Signalbox] the reporter raised KeyError: no such project" ], lines
  end

  # What a caller's own code raises is the caller's.
  def test_other_errors_reach_the_caller
    Signalbox.configure { |c| c.violations = :report }
    payload = Object.new
    payload.define_singleton_method(:as_json) { |*| raise KeyError, "no such column" }
    parameter = Object.new
    parameter.define_singleton_method(:to_param) { raise KeyError, "no such slug" }

    assert_raises(KeyError) { Events.publish("thing", payload) }
    assert_raises(KeyError) { Events::Room.typing(room_id: parameter, author: "Ada") }
    assert_raises(KeyError) { Events.batch { [ 1, parameter ].each { |id| Events::Room.typing(room_id: id, author: "Ada") } } }
    assert_empty @sent
    assert_empty @reports
  end

  def test_the_twin_raises
    broken

    assert_raises(Signalbox::DeliveryError) { Events::Thing.updated!(user_id: 1, contents: "x") }
    assert_raises(Signalbox::DeliveryError) { Events.publish!("thing", user_id: 1, contents: "x") }
    assert_empty @reports
  end

  # What is wrong in 50,000 places is one line that somebody can read.
  def test_a_message_has_an_upper_size
    key = "k" * 100_000
    { tags: [ 1 ] * 50_000, scores: { key => "x" }, anything: { key => { key => Object.new } }, inside: { "x" => 1, **(1..9).to_h { |n| [ "#{key}#{n}", n ] } } }.each do |field, value|
      error = assert_raises(Signalbox::ContractViolation) { Events::Kinds.sent!(field => value) }
      assert_operator error.message.length, :<, 10_000, field
      assert_equal 1, error.message.lines.size
    end
  end

  def test_the_first_issues_and_how_many_more
    error = assert_raises(Signalbox::ContractViolation) { Events::Kinds.sent!(tags: [ 1 ] * 50_000) }
    assert_includes error.message, "; tags[19]: Invalid input: expected string, received number (given 1); and 49980 more"
    refute_includes error.message, "tags[20]"
    assert_equal 50_000, error.issues.size

    error = assert_raises(Signalbox::ContractViolation) { Events::Kinds.sent!(tags: [ 1 ] * 20) }
    assert error.message.end_with?("tags[19]: Invalid input: expected string, received number (given 1)")
  end

  def test_secrets_in_either_spelling
    %w[api_key apiKey publicKeyId passwordHash AccessToken].each do |name|
      message = assert_raises(Signalbox::ContractViolation) { Events::Kinds.sent!(scores: { name => "PRIVATE" }) }.message
      assert_includes message, "(given [FILTERED])"
      refute_includes message, "PRIVATE"
    end
    assert_includes assert_raises(Signalbox::ContractViolation) { Events::Kinds.sent!(scores: { monkey: "x" }) }.message, '(given "x")'
  end

  def test_no_broker_at_all
    Signalbox.configure { |c| c.redis = nil }
    with_env("RACK_ENV" => "production", "REDIS_URL" => nil, "SIGNALBOX_URL" => nil) do
      error = assert_raises(Signalbox::DeliveryError) { Events::Thing.updated!(user_id: 1, contents: "x") }
      assert_includes error.message, "REDIS_URL"
      assert_instance_of Signalbox::ConfigurationError, error.cause
    end
  end

  private

  def with_env(values)
    before = values.to_h { |name, _| [ name, ENV[name] ] }
    values.each { |name, value| ENV[name] = value }
    yield
  ensure
    before.each { |name, value| ENV[name] = value }
  end
end
