# frozen_string_literal: true

require_relative "../support/rails_app"
require_relative "../support/deadline"
require_relative "../support/scripted_server"
require "redis-client"

# Requests of customers while the broker is away, in production.
class RequestsTest < ActionDispatch::IntegrationTest
  class RoomsController < ActionController::Base
    skip_forgery_protection

    def create
      room = Room.create!(name: params[:name])
      id = Events::Room.typing(room_id: room, author: room.name)
      render plain: id.inspect
    end
  end

  setup do
    Rails.env = "production"
    Rails.application.routes.draw { post "rooms", to: RoomsController.action(:create) }
    @reports = []
    Signalbox.configure do |c|
      c.timeout = 0.2
      c.reporter = ->(error, _context) { @reports << error }
    end
  end

  teardown do
    Rails.env = "test"
    Rails.application.routes.clear!
    ENV.delete("REDIS_URL")
    Signalbox.configure { |c| c.reporter = nil }
  end

  def create(name, redis_url)
    ENV["REDIS_URL"] = redis_url
    Signalbox.configure { |c| c.timeout = 0.2 }
    assert_difference(-> { Room.where(name: name).count }) { Deadline.of(20) { post "/rooms", params: { name: name } } }
    assert_response :success
    @reports.map(&:class)
  end

  test "one whose Redis is not there" do
    assert_equal [ Signalbox::DeliveryError ], create("refused", "redis://127.0.0.1:1")
    assert_equal "nil", response.body
  end

  test "one whose Redis takes the connection and never answers" do
    server = ScriptedServer.new { |connection, _text| connection.wait_readable }
    assert_equal [ Signalbox::DeliveryError ], create("silent", server.url)
    assert_equal "nil", response.body
  ensure
    server&.close
  end

  test "one that breaks the contract" do
    assert_equal [ Signalbox::ContractViolation ], create("", "redis://127.0.0.1:1")
  end
end
