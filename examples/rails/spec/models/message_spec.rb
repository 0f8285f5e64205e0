RSpec.describe Message do
  let(:ada) { User.named("Ada") }

  it "is published to its room when it is saved" do
    expect { ada.messages.create!(room_id: 1, body: "hi") }
      .to publish_event("room", :message_posted).with(room_id: 1, author: "Ada", body: "hi").once
  end

  it "is not published again when it is changed" do
    message = ada.messages.create!(room_id: 1, body: "hi")

    expect { message.update!(body: "ho") }.not_to publish_event("room")
  end

  it "is not published where it is rolled back" do
    expect do
      described_class.transaction do
        ada.messages.create!(room_id: 1, body: "hi")
        raise ActiveRecord::Rollback
      end
    end.not_to publish_event
  end
end
