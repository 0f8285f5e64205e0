# frozen_string_literal: true

require_relative "../support/rails_app"

# The application's own config.filter_parameters: what it filters from Rails' log no error of ours shows either.
class ParameterFilterTest < ActiveSupport::TestCase
  FILTERED = "(given [FILTERED])"

  setup { @filters = Rails.application.config.filter_parameters }
  teardown { Rails.application.config.filter_parameters = @filters }

  def filter(*filters)
    Rails.application.config.filter_parameters = @filters + filters
  end

  # Any name may be a key of +scores+, whose values are numbers.
  def message_of(field, value)
    assert_raises(Signalbox::ContractViolation) { Events::Kinds.sent!(field => value) }.message
  end

  def assert_filtered(scores)
    message = message_of(:scores, scores)
    assert_includes message, FILTERED
    assert_not_includes message, "PRIVATE"
  end

  def assert_shown(scores)
    assert_includes message_of(:scores, scores), "(given \"PRIVATE\")"
  end

  test "what is not filtered is shown" do
    assert_shown({ note: "PRIVATE" })
    filter(:other)
    assert_shown({ note: "PRIVATE" })
  end

  {
    "a Symbol" => :note,
    "a String" => "note",
    "another case" => "NOTE",
    "a part of the name" => :ot,
    "a Regexp" => /\Anote\z/,
    "a path" => "scores.note",
    "a Regexp of a path" => /scores\.note/,
    "what the field is in" => :score,
    "a lambda" => ->(key, value) { value.replace("x") if key == "note" },
    "a lambda that takes all" => ->(key, value, all) { value.clear if key == "note" && all.key?("scores") },
    "a lambda that looks at values" => ->(_key, value) { value.gsub!(/\APRIV.*/, "x") }
  }.each do |name, each|
    test "a filter may be #{name}" do
      filter(each)
      assert_filtered({ note: "PRIVATE" })
    end
  end

  test "a path is of the fields that it names" do
    filter("tags.note", /\Anotes\z/)
    assert_shown({ note: "PRIVATE" })
  end

  test "by the name that Ruby has for a field as well as by the wire's" do
    filter(:inner_note)
    assert_filtered({ "innerNote" => "PRIVATE" })
    filter("innerNote")
    assert_filtered({ "innerNote" => "PRIVATE" })
    filter("scores.inner_note")
    assert_filtered({ "innerNote" => "PRIVATE" })
  end

  test "at any depth, and below what is filtered" do
    filter(:note)
    broken = "PRIVATE \xff"
    [ { a: [ 1, { note: broken } ] }, { note: { a: [ { b: broken } ] } }, { note: [ broken ] } ].each do |value|
      message = message_of(:anything, value)
      assert_includes message, FILTERED
      assert_not_includes message, "PRIVATE"
    end
    assert_includes message_of(:anything, { a: [ broken ] }), "PRIVATE"
  end

  test "numbers, Symbols, and what stands for a value that cannot be sent" do
    filter(->(_key, value) { value.replace("x") if value.match?(/\A(41.*|PRIVATE)\z/) })
    assert_includes message_of(:text, 4111_1111), FILTERED
    assert_includes message_of(:scores, { note: :PRIVATE }), FILTERED
    error = assert_raises(Signalbox::ContractViolation) {
      Events.publish!("kinds", { text: "PRIVATE" }, text: "OTHER")
    }
    assert_includes error.message, "(given \"OTHER\")"
    error = assert_raises(Signalbox::ContractViolation) {
      Events.publish!("kinds", { text: "OTHER" }, text: "PRIVATE")
    }
    assert_includes error.message, FILTERED
  end

  test "a payload without fields has the name that Rails gives it" do
    filter(->(key, value) { value.replace("x") if key == "_json" })
    assert_includes assert_raises(Signalbox::ContractViolation) { Events::Time.ticked!("PRIVATE") }.message, FILTERED
  end

  test "a lambda that fails shows nothing, and fails nothing" do
    filter(->(_key, _value) { raise KeyError, "no such key" })
    assert_filtered({ note: "PRIVATE" })
  end

  test "a lambda changes nothing of what the caller has" do
    filter(->(_key, value) { value.replace("x") })
    given = +"PRIVATE"
    assert_filtered({ note: given })
    assert_equal "PRIVATE", given
  end

  test "what is added after an error counts, also in place" do
    Rails.application.config.filter_parameters = []
    assert_shown({ note: "PRIVATE" })
    Rails.application.config.filter_parameters << :note
    assert_filtered({ note: "PRIVATE" })
    Rails.application.config.filter_parameters += [ :memo ]
    assert_filtered({ memo: "PRIVATE" })
  end

  test "the fixed list stays" do
    filter(:note)
    assert_filtered({ password: "PRIVATE" })
  end

  test "parameters, what a report has, and its line in the log" do
    filter(:room_id)
    reports = []
    Signalbox.configure do |c|
      c.violations = :report
      c.reporter = ->(error, context) { reports << [ error, error.issues, context ] }
    end
    TestApp::LOG.truncate(TestApp::LOG.rewind)
    assert_nil Events::Room.typing(room_id: "PRIVATE", author: "Ada")
    assert_nil Events.publish("room", :typing, { room_id: "PRIVATE", author: "Ada" }, room_id: 7)
    assert_equal 2, reports.size
    assert_includes TestApp::LOG.string, FILTERED
    assert_not_includes TestApp::LOG.string + reports.inspect, "PRIVATE"
  ensure
    Signalbox.configure { |c| c.violations = c.reporter = nil }
  end
end
