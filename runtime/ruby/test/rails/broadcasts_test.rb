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

  test "an event or a channel that the contract does not have is told when the class is loaded" do
    {
      [ :typng, "room" ] => 'channel "room" has no event :typng. Did you mean "typing"?',
      [ :typing, [ "rom", { room_id: 1 } ] ] => 'no channel "rom". Did you mean "room"?',
      [ :typng, :channel ] => 'no channel has an event :typng. Did you mean "typing"?',
      [ :typng, ->(_) { "room" } ] => 'no channel has an event :typng. Did you mean "typing"?'
    }.each do |(event, to), message|
      callbacks = Typist._create_callbacks.count
      error = assert_raises(Signalbox::ContractError) { Typist.broadcasts_event(event, on: :create, to: to) }
      assert_equal [ message, callbacks ], [ error.message, Typist._create_callbacks.count ]
    end
  end

  test "nothing is looked for where codegen has not written the module yet" do
    Signalbox.configure { |c| c.events_module = "NotWrittenYet" }
    assert_nothing_raised { Class.new(ApplicationRecord).broadcasts_event(:typng, to: "room") }
  ensure
    Signalbox.configure { |c| c.events_module = "Events" }
  end

  # to:, what it should be, what it is.
  SHAPES = [
    [ [ "room", 7 ], '[ "room", { room_id: ... } ]', "[String, Integer]" ],
    [ [ "room", [ 7 ] ], '[ "room", { room_id: ... } ]', "[String, Array]" ],
    [ [ "room", { room_id: 7 }, 8 ], '[ "room", { room_id: ... } ]', "[String, Hash, Integer]" ],
    [ [ :archive, "x" ], '"archive"', "[Symbol, String]" ],
    [ [ nil, 7 ], 'a channel\'s name, with a Hash of its parameters where it has some: "news" or [ "room", { room_id: 7 } ]', "[NilClass, Integer]" ]
  ].freeze

  test "a to: that gives nil breaks the contract, and no save in production" do
    model = Class.new(ApplicationRecord) { self.table_name = "rooms" }
    model.broadcasts_event(:typing, to: ->(_) { })
    error = assert_raises(Signalbox::UnknownChannel) { model.create!(name: "x") }
    assert_match(/\Abroadcasts_event :typing: to: is .*; here it is nil\. Where there is nobody to tell, say so by if:\z/, error.message)

    reported = []
    Signalbox.configure { |c| c.violations = :report; c.reporter = ->(failure, _) { reported << failure } }
    assert model.create!(name: "y").persisted?
    assert_equal [ Signalbox::UnknownChannel ], reported.map(&:class)
  ensure
    Signalbox.configure { |c| c.violations = c.reporter = nil }
  end

  test "what to: may be is told where it is something else" do
    SHAPES.each do |to, wanted, given|
      model = Class.new(ApplicationRecord) { self.table_name = "rooms" }
      message = "broadcasts_event :typing: to: is #{wanted}, or a lambda or the name of a method that gives this; here it is #{given}"
      assert_equal message, assert_raises(ArgumentError) { model.broadcasts_event(:typing, to: to) }.message
      model.broadcasts_event(:typing, to: ->(_) { to })
      assert_equal message, assert_raises(ArgumentError) { model.create!(name: "x") }.message
    end
  end

  class Silent < ApplicationRecord
    self.table_name = "rooms"

    private

    def author = "Ada"
  end

  class Nameless < ApplicationRecord
    self.table_name = "rooms"
  end

  class Slip < ApplicationRecord
    self.table_name = "accounts_without_names"
    connection.create_table(table_name)
  end

  test "a field that the model does not have is told with the model and the method" do
    {
      [ Silent, :typing, [ "room", { room_id: 1 } ] ] =>
        "room:{roomId} typing: author: Invalid input: author of BroadcastsTest::Silent is not public (given a BroadcastsTest::Silent)",
      [ Nameless, :message_posted, [ "room", { room_id: 1 } ] ] =>
        "room:{roomId} messagePosted: id: Invalid input: expected string, received number (given -7); " +
        %w[author body posted_at].map { |name|
          "#{name.camelize(:lower)}: Invalid input: BroadcastsTest::Nameless has no public method #{name} (given a BroadcastsTest::Nameless)"
        }.join("; "),
      # A parameter that is a field as well comes from to:.
      [ Nameless, :moved, [ "parcel", { parcel_id: 1 } ] ] =>
        "parcel:{parcelId} moved: reason: Invalid input: BroadcastsTest::Nameless has no public method reason (given a BroadcastsTest::Nameless)"
    }.each do |(model, event, to), message|
      publishing = Class.new(model) { broadcasts_event(event, on: :create, to: to) }
      publishing.define_singleton_method(:name) { model.name }
      publishing.define_singleton_method(:to_s) { model.name }
      assert_equal message, assert_raises(Signalbox::ContractViolation) { publishing.create!(id: -7) }.message
    end
  end

  test "and so where a record is published" do
    error = assert_raises(Signalbox::ContractViolation) { Events.publish("room", :typing, Silent.new, room_id: 1) }
    assert_includes error.message, "author of BroadcastsTest::Silent is not public"
    error = assert_raises(Signalbox::ContractViolation) { Events.publish("archive", :removed, Slip.new) }
    assert_includes error.message, "archive removed: name: Invalid input: BroadcastsTest::Slip has no public method name (given a"
    assert_equal "Invalid input: destroy is a method of every ActiveRecord model, and those are not read",
                 Signalbox::RecordFields.refusal(Nameless.new, "destroy").message
    Events.publish("kinds", Nameless.new)
    assert_event_published("kinds")
  end
end
