# frozen_string_literal: true

require_relative "../support/rails_app"
require_relative "../support/coercions"

class CoercionTest < ActiveSupport::TestCase
  include Signalbox::TestHelper
  include Coercions

  def last_payload
    Signalbox::Testing.buffer.messages.last.payload
  end

  test "what ActiveSupport adds" do
    zone = ActiveSupport::TimeZone["Tokyo"]
    {
      at: [ zone.local(2026, 1, 2, 9), "2026-01-02T00:00:00.000Z" ],
      duration: [ 90.minutes, "PT90M" ],
      tags: [ Room.none.pluck(:name), [] ],
      inside: [ ActiveSupport::HashWithIndifferentAccess.new(deep_name: "x"), { "deepName" => "x" } ]
    }.each do |field, (value, expected)|
      Events::Kinds.sent!(field => value)
      assert_equal expected, last_payload.fetch(field.to_s), field
    end
  end

  test "parameters that nobody permitted are refused" do
    parameters = ActionController::Parameters.new(deep_name: "x", admin: true)
    { inside: parameters, anything: [ parameters ], open: parameters }.each do |field, value|
      error = assert_raises(Signalbox::ContractViolation) { Events::Kinds.sent!(field => value) }
      assert_includes error.message, "nobody permitted these parameters; give params.permit(...)"
      assert_equal field.to_s, error.issues.first.path.first
    end
    error = assert_raises(Signalbox::ContractViolation) { Events.publish!("parcel", :lost, parameters, parcel_id: 1) }
    assert_includes error.message, "parcel:{parcelId} lost: (payload): Invalid input: nobody permitted"

    Events::Kinds.sent!(inside: parameters.permit(:deep_name))
    assert_equal({ "deepName" => "x" }, last_payload.fetch("inside"))
  end

  test "permitted parameters and the slice of a record have String keys, and become keywords by symbolize_keys" do
    parameters = ActionController::Parameters.new(author: "Ada", admin: true).permit(:author)
    slice = Room.create!(name: "x").slice(:name)
    assert_raises(ArgumentError) { Events::Room.typing!(room_id: 1, **parameters) }
    assert_raises(ArgumentError) { Events::Archive.removed!(**slice) }

    Events::Room.typing!(room_id: 1, **parameters.to_h.symbolize_keys)
    assert_equal({ "author" => "Ada" }, last_payload)
    Events.publish!("room", :typing, parameters, room_id: 1)
    assert_equal({ "author" => "Ada" }, last_payload)
    Events::Archive.removed!(**slice.symbolize_keys)
    assert_equal({ "name" => "x" }, last_payload)
    Events.publish!("archive", slice)
    assert_equal({ "name" => "x" }, last_payload)
  end

  test "permitted parameters have the channel's, as a Hash has" do
    parameters = ActionController::Parameters.new(parcel_id: "7", reason: "x", admin: true).permit(:parcel_id, :reason)
    Events.publish!("parcel", :lost, parameters)
    assert_event_published("parcel:7", :lost, reason: "x")

    Events.publish!("parcel", :lost, parameters, parcel_id: 7)
    Events.publish!("parcel", :moved, ActionController::Parameters.new(reason: "x").permit(:reason), parcel_id: 7)
    assert_event_published("parcel:7", :moved, reason: "x", parcel_id: 7)
  end

  class MaskedRoom < Room
    self.table_name = "rooms"

    def as_json(options = nil)
      super(options).merge("name" => "masked")
    end
  end

  # serializable_hash has what as_json hides.
  test "a model's own as_json goes first" do
    room = MaskedRoom.create!(name: "raw", password_digest: "digest")
    archive = Events::CONTRACT.event("archive", :removed)
    assert_equal({ "name" => "masked" }, archive.message([], room).payload)
    assert_equal({ "name" => "raw" }, archive.message([], Room.find(room.id)).payload)
  end

  # A record has more than anybody means to send: where the contract names no fields, none is taken.
  test "a model never shows all its attributes" do
    room = Room.create!(name: "x", password_digest: "digest")
    masked = MaskedRoom.find(room.id)
    values = { anything: [ room, [ room ], { room: room }, Room.all, masked, [ masked ] ], open: [ room, masked ], scores: [ room ] }
    values.each do |field, list|
      list.each do |value|
        error = assert_raises(Signalbox::ContractViolation, "#{field}: #{value.class}") { Events::Kinds.sent!(field => value) }
        assert_match(/a (?:CoercionTest::Masked)?Room would show all its attributes/, error.message)
        assert_not_includes error.message, "digest"
      end
    end
    assert_no_events_published
  end

  test "nor does a presenter that passes it on" do
    room = Room.create!(name: "raw", password_digest: "digest")
    presenter = Class.new(SimpleDelegator) { def name = "masked" }.new(room)
    [ [ "kinds", { open: SimpleDelegator.new(room) } ], [ "kinds", { anything: { room: presenter } } ], [ "archive", presenter ] ].each do |call|
      error = assert_raises(Signalbox::ContractViolation) { Events.publish!(*call) }
      assert_includes error.message, "passes on what it wraps"
      assert_not_includes error.message, "digest"
    end

    asked = Class.new(SimpleDelegator) { def as_json(*) = { name: "masked" } }.new(room)
    Events.publish!("archive", asked)
    assert_event_published("archive", :removed, name: "masked")
  end
end
