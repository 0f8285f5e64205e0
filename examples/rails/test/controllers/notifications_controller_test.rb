require "test_helper"

class NotificationsControllerTest < ActionDispatch::IntegrationTest
  include ActiveJob::TestHelper

  # A broker that cannot be reached.
  class Away
    def deliver(_messages)
      raise Signalbox::DeliveryError, "no route to the broker"
    end
  end

  setup { @ada = sign_in("Ada") }

  test "a notification goes to the inbox of its recipient" do
    grace = User.named("Grace")

    assert_event_published("inbox", :notified, user_id: grace, title: "Ada: hello", level: "info") do
      post notifications_path, params: { to: "Grace", title: "hello" }
    end
    assert_response :ok
  end

  test "without a recipient it is for everybody" do
    assert_enqueued_with(job: AnnouncementJob, args: [ "Ada: hello" ]) do
      post notifications_path, params: { to: "", title: "hello" }
    end
  end

  test "whoever sends one to nobody is told" do
    assert_no_events_published { post notifications_path, params: { to: "Nobody", title: "hello" } }

    assert_response 422
  end

  test "whoever sends one while the broker is away is told" do
    Signalbox.configure { |c| c.transport = Away.new }
    post notifications_path, params: { to: "Ada", title: "hello" }

    assert_response 503
    assert_equal "The notification could not be sent.", response.body
  ensure
    Signalbox.configure { |c| c.transport = nil }
  end
end
