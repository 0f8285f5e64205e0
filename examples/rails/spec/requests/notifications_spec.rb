RSpec.describe "Notifications" do
  before { post session_path, params: { name: "Ada" } }

  it "reach the inbox of their recipient, and no other" do
    grace = User.named("Grace")

    expect { post notifications_path, params: { to: "Grace", title: "hello" } }
      .to publish_event("inbox", :notified).with(user_id: grace, title: /hello\z/).once
    expect(response).to have_http_status(:ok)
  end

  it "are told to be in vain where nobody has that name" do
    expect { post notifications_path, params: { to: "Nobody", title: "hello" } }.not_to publish_event
    expect(response.body).to eq("Nobody here is called Nobody.")
  end
end
