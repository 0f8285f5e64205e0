# A name is the whole account.
class User < ApplicationRecord
  has_many :messages, dependent: :destroy

  validates :name, presence: true, length: { maximum: 80 }, uniqueness: true

  # @return [User, nil] nil where the name is blank
  def self.named(name)
    name = name.to_s.squish.first(80)
    find_or_create_by!(name: name) if name.present?
  end

  # Those whose names follow an @.
  def self.mentioned_in(text)
    where(name: text.scan(/@([\p{L}\p{N}_-]+)/).flatten)
  end
end
