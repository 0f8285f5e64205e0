class CreateUsersMessagesAndThings < ActiveRecord::Migration[7.0]
  def change
    create_table :users do |t|
      t.string :name, null: false, limit: 80, index: { unique: true }
      t.timestamps
    end

    create_table :messages, id: :string do |t|
      t.references :user, null: false, foreign_key: true
      t.integer :room_id, null: false
      t.text :body, null: false
      t.timestamps
      t.index %i[room_id created_at]
    end

    create_table :things do |t|
      t.text :contents, null: false, default: ""
      t.timestamps
    end
  end
end
