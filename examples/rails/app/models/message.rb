# What somebody has said in a room.
class Message < ApplicationRecord
  belongs_to :user

  attribute :id, :string, default: -> { SecureRandom.uuid }
  before_validation { body&.strip! }
  validates :body, presence: true, length: { maximum: 2_000 }

  # Every page of the room hears of it, once it is committed. The payload is what the contract declares: the id, the body,
  # and the author and postedAt of below.
  broadcasts_event :message_posted, on: :create, to: ->(message) { [ "room", { room_id: message.room_id } ] }

  after_create :notify_mentioned
  after_create_commit -> { StationmasterJob.perform_later(self) }, if: -> { body.casecmp?("/time") }

  # The latest, the oldest of them first.
  def self.recent(room_id)
    where(room_id: room_id).includes(:user).order(created_at: :desc).limit(50).reverse
  end

  def author
    user.name
  end

  def posted_at
    created_at
  end

  private
    # In jobs, so that nobody waits for it who only wants to say something.
    def notify_mentioned
      User.mentioned_in(body).excluding(user).each do |mentioned|
        Events.publish_later "inbox", :notified,
          user_id: mentioned.id,
          title: "#{author} has mentioned you in room #{room_id}",
          url: "/rooms/#{room_id}"
      end
    end
end
