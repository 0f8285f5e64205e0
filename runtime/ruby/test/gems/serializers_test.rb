# frozen_string_literal: true

require_relative "../support/rails_app"
require "action_view/testing/resolvers"

# The recipes of docs/ruby.md for teams that have serializers.
class SerializersTest < ActiveSupport::TestCase
  include Signalbox::TestHelper

  # The views of an application: _message.json.jbuilder.
  class ApplicationController < ActionController::Base
    prepend_view_path ActionView::FixtureResolver.new("messages/_message.json.jbuilder" => <<~RUBY)
      json.id message.id.to_s
      json.call(message, :author, :body, :posted_at, :password_digest)
    RUBY
  end

  ApplicationRecord.connection.create_table(:messages) do |t|
    t.string :author
    t.string :body
    t.string :password_digest
    t.datetime :posted_at
  end

  class MessageResource
    include Alba::Resource

    attributes :author, :body, :posted_at, :password_digest
    attribute(:id) { |message| message.id.to_s }
  end

  class MessageBlueprint < Blueprinter::Base
    field(:id) { |message| message.id.to_s }
    fields :author, :body, :posted_at, :password_digest
  end

  PAYLOADS = {
    "Alba" => ->(message) { MessageResource.new(message).to_h },
    "Alba, the resource itself" => ->(message) { MessageResource.new(message) },
    "Blueprinter" => ->(message) { MessageBlueprint.render_as_hash(message) },
    "Jbuilder" => lambda { |message|
      Jbuilder.new { |json|
        json.id message.id.to_s
        json.call(message, :author, :body, :posted_at, :password_digest)
      }.attributes!
    },
    "a jbuilder partial" => lambda { |message|
      JSON.parse(ApplicationController.render(partial: "messages/message", formats: :json, locals: { message: message }))
    }
  }.freeze

  PAYLOADS.each do |name, payload|
    test "#{name}: what it makes goes out, but for what the contract does not name" do
      model = Class.new(ApplicationRecord) do
        self.table_name = "messages"
        broadcasts_event :message_posted, on: :create, to: [ "room", { room_id: 1 } ], payload: payload
      end
      message = model.create!(author: "Ada", body: "hi", password_digest: "digest", posted_at: Time.utc(2026, 1, 2, 3, 4, 5))
      expected = { "id" => message.id.to_s, "author" => "Ada", "body" => "hi", "postedAt" => "2026-01-02T03:04:05.000Z" }
      assert_equal expected, assert_event_published("room:1", :message_posted).payload

      sent = assert_event_published("room:2") { Events.publish("room", :message_posted, payload.call(message), room_id: 2) }
      assert_equal expected, sent.payload
    end
  end
end
