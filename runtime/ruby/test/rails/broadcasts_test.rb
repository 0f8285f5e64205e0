# frozen_string_literal: true

require_relative "../support/rails_app"

class Typist < ApplicationRecord
  self.table_name = "rooms"

  broadcasts_event :typing, on: :create, to: ->(typist) { [ "room", { room_id: typist.id } ] }, unless: :silent?
  broadcasts_event :typing, on: :update, to: [ "room", { room_id: 7 } ], payload: ->(typist) { { author: typist.name.upcase } }

  def author
    name
  end

  def silent?
    name == "silent"
  end
end

class Destroyer < ApplicationRecord
  self.table_name = "rooms"

  broadcasts_event :removed, on: :create, to: "archive"
end

class Ticker < ApplicationRecord
  self.table_name = "rooms"

  broadcasts_event :ticked, on: :create, to: "time"
end

class BroadcastsTest < ActiveSupport::TestCase
  include Signalbox::TestHelper

  test "a created record publishes the fields of the contract, and no other" do
    typist = Typist.create!(name: "Ada", password_digest: "digest")
    message = assert_event_published("room:#{typist.id}", :typing)
    assert_equal({ "author" => "Ada" }, message.payload)
  end

  test "an updated one, through a serializer" do
    typist = Typist.create!(name: "Ada")
    message = assert_event_published("room", :typing, room_id: 7) { typist.update!(name: "Bob") }
    assert_equal({ "author" => "BOB" }, message.payload)
    assert_no_events_published { typist.destroy! }
  end

  test "conditions, as callbacks have them" do
    assert_no_events_published { Typist.create!(name: "silent") }
  end

  test "a rollback publishes nothing" do
    Typist.transaction(requires_new: true) do
      Typist.create!(name: "Ada")
      raise ActiveRecord::Rollback
    end
    assert_no_events_published
  end

  test "a record that breaks the contract is not saved, outside production" do
    assert_no_difference -> { Typist.count } do
      assert_raises(Signalbox::ContractViolation) { Typist.create!(name: "") }
    end
  end

  test "a field is never a method of ActiveRecord's own" do
    destroyer = Destroyer.create!(name: "x")
    assert_equal({ "name" => "x" }, assert_event_published("archive", :removed).payload)
    assert_predicate destroyer, :persisted?
  end

  test "what is wrong is told when the class is loaded, or at the first record" do
    error = assert_raises(ArgumentError) { Typist.broadcasts_event(:typing, to: "room", on: :save) }
    assert_equal "broadcasts_event: on: takes create, update, destroy, touch, not save", error.message
    error = assert_raises(ArgumentError) { Typist.broadcasts_event(:typing, to: "room", when: :silent?) }
    assert_equal "broadcasts_event has no option when:. There are: to, on, payload, if, unless, prepend.", error.message
    error = assert_raises(ArgumentError) { Typist.broadcasts_event(:typing, to: "room", paylod: :text, unles: :silent?) }
    assert_equal 'broadcasts_event has no option paylod:. Did you mean "payload"?', error.message
    error = assert_raises(ArgumentError) { Ticker.create!(name: "x") }
    assert_includes error.message, "needs payload:"
  end
end
