# frozen_string_literal: true

require_relative "../support/rails_app"

ApplicationRecord.connection.create_table(:sections) do |t|
  t.string :deep_name
  t.string :password_digest
  t.timestamps
end
ApplicationRecord.connection.create_table(:articles) do |t|
  t.string :type
  t.text :text
  t.integer :level
  t.decimal :price, precision: 10, scale: 2
  t.date :day
  t.datetime :at
  t.string :secret_note
  t.string :password_digest
  t.references :section
end

ActiveRecord::Encryption.configure(primary_key: "1" * 32, deterministic_key: "2" * 32, key_derivation_salt: "3" * 32)

# What models of applications have, each broadcast in few words.
class BroadcastingModelsTest < ActiveSupport::TestCase
  include Signalbox::TestHelper

  module Announced
    extend ActiveSupport::Concern

    included do
      broadcasts_event :sent, on: :destroy, to: "kinds"
    end
  end

  class Section < ApplicationRecord
    broadcasts_event :removed, on: :touch, to: "archive", payload: ->(section) { { name: section.deep_name } }
  end

  class Article < ApplicationRecord
    include Announced

    # The contract's `inside` is an object with a `deepName`.
    belongs_to :inside, optional: true, touch: true, class_name: "BroadcastingModelsTest::Section", foreign_key: :section_id
    encrypts :text
    enum :level, { low: 0, high: 1 }

    broadcasts_event :sent, on: :create, to: :news
    broadcasts_event :sent, on: :update, to: :news, if: :saved_change_to_text?

    private

    def news
      "kinds"
    end
  end

  class Review < Article
    broadcasts_event :typing, on: :create, to: ->(review) { [ "room", room_id: review.id ] }, payload: :typist

    def typist
      { author: self.class.name.demodulize }
    end
  end

  class Plain < ApplicationRecord
    self.table_name = "articles"
    broadcasts_event :sent, to: "kinds", payload: ->(article) { { text: article.text } }
  end

  class Leak < ApplicationRecord
    self.table_name = "articles"
    broadcasts_event :sent, on: :create, to: "kinds"

    def anything
      self
    end
  end

  def payloads(channel = "kinds", &block)
    capture_events(channel, &block).map(&:payload)
  end

  test "attributes go out as the contract has them, and no other" do
    section = Section.create!(deep_name: "News", password_digest: "digest")
    article = { text: "x", level: :high, price: "12.50", day: Date.new(2026, 1, 2), at: Time.utc(2026, 1, 2, 3, 4, 5),
                secret_note: "note", password_digest: "digest", inside: section }
    assert_equal [ { "text" => "x", "level" => "high", "price" => "12.5", "day" => "2026-01-02", "at" => "2026-01-02T03:04:05.000Z",
                     "inside" => { "deepName" => "News" } } ], payloads { Article.create!(article) }
  end

  test "an update is told where its condition holds" do
    article = Article.create!(valid)
    assert_empty payloads { article.update!(price: 2) }
    assert_equal [ "y" ], payloads { article.update!(text: "y") }.map { |payload| payload["text"] }
  end

  test "an inherited class tells what its parent does, and more" do
    review = nil
    events = capture_events { review = Review.create!(valid) }.map(&:event)
    assert_equal %w[sent typing], events.sort - [ "removed" ]
    assert_event_published("room:#{review.id}", :typing, author: "Review")
    assert_empty capture_events("room") { Article.create!(valid) }
  end

  test "a concern's, once the row is gone" do
    article = Article.create!(valid)
    assert_equal [ "1" ], payloads { article.destroy! }.map { |payload| payload["price"] }
    assert_predicate article, :destroyed?
  end

  test "a touch is told where it is asked for, and only there" do
    section = Section.create!(deep_name: "News")
    article = Article.create!(**valid, inside: section)
    assert_equal [ { "name" => "News" } ], payloads("archive") { section.touch }
    assert_equal [ { "name" => "News" } ], payloads("archive") { article.update!(price: 3) }
    assert_empty payloads { article.touch(:at) }
  end

  test "where nothing else is said, what is created, updated and destroyed is told" do
    article = Plain.new(text: "x")
    steps = [ -> { article.save! }, -> { article.touch(:at) }, -> { article.update!(text: "y") }, -> { article.destroy! } ]
    told = steps.map { |step| payloads(&step).map { |payload| payload["text"] } }
    assert_equal [ [ "x" ], [], [ "y" ], [ "y" ] ], told
  end

  test "a record that a method of the model gives shows what the contract names, else nothing" do
    error = assert_no_difference(-> { Leak.count }) {
      assert_raises(Signalbox::ContractViolation) { Leak.create!(password_digest: "digest") }
    }
    assert_includes error.message, "would show all its attributes"
    assert_not_includes error.message, "digest"
  end

  test "in production a record that breaks the contract is saved, and the violation reported" do
    Rails.env = "production"
    reports = []
    Signalbox.configure do |c|
      c.transport = :test
      c.reporter = ->(error, _context) { reports << error }
    end
    assert_difference(-> { Article.count }) { assert_empty payloads { Article.create!(valid.merge(level: nil)) } }
    assert_equal [ [ "level" ] ], reports.fetch(0).issues.map(&:path)
  ensure
    Rails.env = "test"
    Signalbox.configure { |c| c.reporter = c.transport = nil }
  end

  test "many at once, as far as callbacks run" do
    assert_equal 3, payloads { Article.transaction { 3.times { Article.create!(valid) } } }.size
    assert_no_events_published { Article.insert_all([ { price: 1 } ]) }
  end

  private

  def valid
    { text: "x", price: 1, level: :low, at: Time.now, day: Date.current, inside: Section.new(deep_name: "x") }
  end
end
