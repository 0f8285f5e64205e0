# Tells everybody something.
class AnnouncementJob < ApplicationJob
  # One round trip to the broker for all of them, and nothing is sent where one of them is not as the contract has it.
  def perform(title)
    Events.batch do
      User.find_each { |user| Events::Inbox.notified(user_id: user.id, title: title, level: "warning") }
    end
  end
end
