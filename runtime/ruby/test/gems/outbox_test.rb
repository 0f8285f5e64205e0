# frozen_string_literal: true

require_relative "../support/rails_app"

# The outbox of docs/ruby.md: a queue in the application's own database takes the message with the row, or not at all.
class OutboxTest < ActiveSupport::TestCase
  include Signalbox::TestHelper

  load SolidQueue::Engine.root.join("lib/generators/solid_queue/install/templates/db/queue_schema.rb")

  setup do
    @adapter = Signalbox::PublishJob.queue_adapter
    Signalbox::PublishJob.queue_adapter = :solid_queue
  end

  teardown do
    Signalbox::PublishJob.queue_adapter = @adapter
    SolidQueue::Job.delete_all
  end

  def write(name)
    ApplicationRecord.transaction do
      room = Room.create!(name: name)
      Events::Room.with(commit: :now, later: true).typing(room_id: room, author: name)
      yield if block_given?
    end
  end

  # What a worker does with what is ready.
  def work
    process = SolidQueue::Process.register(kind: "Worker", name: "test", pid: Process.pid, hostname: "test")
    SolidQueue::ReadyExecution.claim("*", 10, process.id).each(&:perform)
  end

  test "the job is written with the row, and publishes" do
    write("Ada") { assert_equal 1, SolidQueue::Job.count }
    assert_no_events_published
    work
    assert_event_published("room", :typing, author: "Ada")
  end

  test "a rollback takes both" do
    Room.delete_all
    write("Ada") { raise ActiveRecord::Rollback }
    assert_equal 0, SolidQueue::Job.count
    assert_not Room.exists?(name: "Ada")
  end

  test "what breaks the contract is not written" do
    assert_raises(Signalbox::ContractViolation) { write("") }
    assert_equal 0, SolidQueue::Job.count
  end
end
