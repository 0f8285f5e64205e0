# frozen_string_literal: true

require_relative "../support/rails_app"

# Which transactions a publish waits for is asked of all databases, also of those that were not there before.
class ConnectionPoolsTest < Minitest::Test
  def setup
    @sent = []
    sent = @sent
    Signalbox.configure { |c| c.redis = ->(channel, _text) { sent << channel; 1 } }
    publish(9)
    @sent.clear
  end

  def teardown
    Signalbox.configure { |c| c.redis = nil }
  end

  def publish(room_id)
    Events::Room.typing(room_id: room_id, author: "Ada")
  end

  def database(name)
    { adapter: "sqlite3", database: File.join(TestApp.config.root, "#{name}.sqlite3") }
  end

  class LateRecord < ActiveRecord::Base
    self.abstract_class = true
  end

  def test_a_database_that_is_connected_later
    LateRecord.establish_connection(database("late"))
    assert_waits_for(LateRecord)
  ensure
    LateRecord.remove_connection
  end

  def test_a_database_that_is_connected_anew
    LateRecord.establish_connection(database("late"))
    publish(9)
    LateRecord.establish_connection(database("later"))
    assert_waits_for(LateRecord, [ "room:9" ])
  ensure
    LateRecord.remove_connection
  end

  def test_a_thread_with_a_handler_of_its_own
    Thread.new {
      ActiveRecord::Base.connection_handler = ActiveRecord::ConnectionAdapters::ConnectionHandler.new
      ActiveRecord::Base.establish_connection(database("own"))
      assert_waits_for(ActiveRecord::Base)
    }.join
    assert_waits_for(ApplicationRecord, %w[room:1])
  end

  # One that another thread connects while the pools are listed.
  class Busy < ActiveRecord::ConnectionAdapters::ConnectionHandler
    attr_accessor :late

    %i[connection_pool_list all_connection_pools].each do |name|
      define_method(name) { |*arguments| super(*arguments).tap { establish_late } if defined?(super) }
    end

    def establish_late
      late, self.late = self.late, nil
      LateRecord.establish_connection(late) if late
    end
  end

  def test_a_database_that_is_connected_meanwhile
    Thread.new {
      ActiveRecord::Base.connection_handler = Busy.new.tap { |handler| handler.late = database("late") }
      publish(9)
      assert_waits_for(LateRecord, [ "room:9" ])
    }.join
  end

  def test_a_fork
    reader, writer = IO.pipe
    process = fork do
      assert_waits_for(ApplicationRecord)
      writer.write("waited")
    rescue Exception => error # rubocop:disable Lint/RescueException
      writer.write(error.full_message)
    ensure
      writer.close
      exit!(0)
    end
    writer.close
    Process.wait(process)
    assert_equal "waited", reader.read
  end

  private

  def assert_waits_for(model, before = [])
    model.transaction do
      model.connection.execute("SELECT 1")
      publish(1)
      assert_equal before, @sent
    end
    assert_equal [ *before, "room:1" ], @sent

    model.transaction do
      publish(2)
      raise ActiveRecord::Rollback
    end
    assert_equal [ *before, "room:1" ], @sent
  end
end
