# frozen_string_literal: true

require_relative "../support/rails_app"

# What publish_later says where the queue takes no job, which ActiveJob itself mostly tells by +false+; and that a job can
# send whatever could be published.
class PublishLaterTest < ActiveSupport::TestCase
  class LostQueue < ActiveJob::QueueAdapters::TestAdapter
    def enqueue(*)
      raise ActiveJob::EnqueueError, "the queue is away"
    end
    alias_method :enqueue_at, :enqueue
  end

  # Takes one job.
  class FullQueue < LostQueue
    def enqueue(job)
      enqueued_jobs.empty? ? enqueued_jobs << job.serialize : super
    end
  end

  setup do
    @adapter = Signalbox::PublishJob.queue_adapter
    Signalbox::PublishJob.queue_adapter = ActiveJob::QueueAdapters::TestAdapter.new
    @reports = []
    reports = @reports
    Signalbox.configure { |c| c.reporter = ->(error, context) { reports << [ error, context ] } }
  end

  teardown do
    Signalbox::PublishJob.queue_adapter = @adapter
    Signalbox.configure { |c| c.reporter = nil }
  end

  def self.calls(twin)
    {
      "publish_later" => -> { Events.public_send("publish_later#{twin}", "thing", user_id: 1, contents: "secret") },
      "with settings" => -> { Events::Thing.with(later: { queue: :low, wait: 60 }).public_send("updated#{twin}", user_id: 1, contents: "secret") },
      "a batch" => -> { Events.with(later: true).public_send("batch#{twin}") { Events::Thing.updated(user_id: 1, contents: "secret") } }
    }
  end

  # A callback of the application's own that stops every job.
  def stopping
    stop = ->(*) { throw :abort }
    Signalbox::PublishJob.before_enqueue(stop)
    yield
  ensure
    Signalbox::PublishJob.skip_callback(:enqueue, :before, stop)
  end

  calls("!").each do |name, call|
    test "a queue that takes no job is a DeliveryError, with the adapter's own as its cause: #{name}" do
      Signalbox::PublishJob.queue_adapter = LostQueue.new
      error = assert_raises(Signalbox::DeliveryError) { call.call }
      assert_equal "the job could not be enqueued: ActiveJob::EnqueueError: the queue is away", error.message
      assert_instance_of ActiveJob::EnqueueError, error.cause
    end

    test "so is a callback that stops the job: #{name}" do
      error = stopping { assert_raises(Signalbox::DeliveryError) { call.call } }
      assert_equal "the job could not be enqueued: a callback of ActiveJob stopped it", error.message
      assert_empty Signalbox::PublishJob.queue_adapter.enqueued_jobs
    end
  end

  calls("").each do |name, call|
    test "without the exclamation mark both are reported, and there is no id: #{name}" do
      stopping { assert_nil call.call }
      Signalbox::PublishJob.queue_adapter = LostQueue.new
      assert_nil call.call
      assert_equal [ Signalbox::DeliveryError ] * 2, @reports.map { |error, _| error.class }
      assert_equal [ %w[thing updated] ] * 2, @reports.map { |_, context| [ *context[:channel], *context[:event] ] }
      assert_not_includes @reports.inspect, "secret"
    end

    test "nothing is reported where the queue takes the job: #{name}" do
      assert_kind_of String, Array(call.call).first
      assert_equal 1, Signalbox::PublishJob.queue_adapter.enqueued_jobs.size
      assert_empty @reports
    end
  end

  test "after a commit it is reported, as the id was returned" do
    Signalbox::PublishJob.queue_adapter = LostQueue.new
    ApplicationRecord.transaction { assert_kind_of String, Events.publish_later!("thing", user_id: 1, contents: "secret") }
    assert_equal [ Signalbox::DeliveryError ], @reports.map { |error, _| error.class }
  end

  test "a batch of which the queue takes a part has failed" do
    Signalbox::PublishJob.queue_adapter = FullQueue.new
    assert_nil Events.with(later: true).batch { 3.times { Events::Thing.updated(user_id: 1, contents: "secret") } }
    assert_equal [ 3 ], @reports.map { |_, context| context[:id].size }
  end

  test "the queue has the job by the time of the answer, whatever the application does in transactions" do
    Room.transaction do
      Events::Thing.with(commit: :now, later: true).updated!(user_id: 1, contents: "x")
      assert_equal 1, Signalbox::PublishJob.queue_adapter.enqueued_jobs.size
      Signalbox::PublishJob.queue_adapter = LostQueue.new
      assert_raises(Signalbox::DeliveryError) { Events::Thing.with(commit: :now, later: true).updated!(user_id: 1, contents: "x") }
    end
  end

  test "a job that cannot be put back into the queue has failed, for the queue to show" do
    Events.publish_later!("thing", user_id: 1, contents: "secret")
    job = Signalbox::PublishJob.queue_adapter.enqueued_jobs.first
    Signalbox.configure { |c| c.redis = ->(*) { raise IOError, "the cable is cut" } }
    error = stopping { assert_raises(Signalbox::DeliveryError) { ActiveJob::Base.execute(job) } }
    assert_includes error.message, "a callback of ActiveJob stopped it"
    Signalbox::PublishJob.queue_adapter = LostQueue.new
    error = assert_raises(ActiveJob::EnqueueError) { ActiveJob::Base.execute(job) }
    assert_equal [ "the queue is away", "IOError: the cable is cut" ], [ error.message, error.cause.message ]
  ensure
    Signalbox.configure { |c| c.redis = nil }
  end

  test "a job sends what is nested as deep as can be published" do
    sent = []
    Signalbox.configure { |c| c.redis = ->(_channel, text) { sent << text } }
    deep = 99.times.reduce("x") { |inner, _| [ inner ] }
    Events::Kinds.sent!(anything: deep)
    Events::Kinds.with(later: true).sent!(anything: deep)
    Signalbox::PublishJob.queue_adapter.enqueued_jobs.each { |job| ActiveJob::Base.execute(job) }
    assert_equal 2, sent.size
    assert_equal(*sent.map { |text| JSON.parse(text, max_nesting: 101).fetch("d") })
  ensure
    Signalbox.configure { |c| c.redis = nil }
  end
end
