RSpec.describe "A room" do
  it "shows what is said in it" do
    visit root_path
    fill_in "Your name", with: "Ada"
    click_on "Sign in"
    wait_for_signalbox "room", room_id: 1

    expect {
      fill_in "Message", with: "Train approaching"
      click_on "Send"
      expect(page).to have_css("#messages li.mine", text: "Train approaching")
    }.to publish_event("room", :message_posted).with(body: "Train approaching")
  end
end
