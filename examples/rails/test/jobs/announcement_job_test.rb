require "test_helper"

class AnnouncementJobTest < ActiveJob::TestCase
  setup { @users = %w[Ada Grace].map { |name| User.named(name) } }

  test "everybody is told" do
    published = assert_event_published("inbox", :notified, times: 2, title: "The 9:15 is late", level: "warning") do
      AnnouncementJob.perform_now("The 9:15 is late")
    end

    assert_equal @users.map { |user| "inbox:#{user.id}" }, published.map(&:channel).sort
  end

  test "nobody is told what the contract refuses" do
    assert_no_events_published do
      error = assert_raises(Signalbox::ContractViolation) { AnnouncementJob.perform_now("x" * 201) }
      assert_equal [ "title" ], error.issues.first.path
    end
  end
end
