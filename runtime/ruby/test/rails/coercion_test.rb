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
    assert_raises(StandardError) { Events::Kinds.sent!(inside: parameters) }

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

  # A record has more than anybody means to send: where the contract names no fields, none is taken.
  test "a model never shows all its attributes" do
    room = Room.create!(name: "x", password_digest: "digest")
    values = { anything: [ room, [ room ], { room: room }, Room.all ], open: [ room ], scores: [ room ] }
    values.each do |field, list|
      list.each do |value|
        error = assert_raises(Signalbox::ContractViolation, "#{field}: #{value.class}") { Events::Kinds.sent!(field => value) }
        assert_includes error.message, "a Room would show all its attributes"
        assert_not_includes error.message, "digest"
      end
    end
    assert_no_events_published
  end
end
