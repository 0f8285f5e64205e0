# frozen_string_literal: true

module Signalbox
  # Waits for the database: what Rails publishes about a row should not be read before the row can be.
  module Transaction
    class << self
      # Whether this thread has no transaction open, so that there is nothing to wait for. Asked first, because {after_commit}
      # takes longer to say so.
      #
      # @return [Boolean] false also where one is open that nobody waits for, as those of tests
      def none?
        return true unless defined?(::ActiveRecord::Base)

        ConnectionPools.all.each do |pool|
          connection = pool.active_connection?
          return false if connection && connection.transaction_open?
        end
        true
      end

      # Runs the block once every transaction that this thread has open is committed; at once where none is; never where
      # one is rolled back.
      #
      # The block must not raise: Rails would skip the callbacks that come after it.
      def after_commit(&block)
        if !defined?(::ActiveRecord::Base)
          yield
        elsif ::ActiveRecord.respond_to?(:after_all_transactions_commit)
          ::ActiveRecord.after_all_transactions_commit(&block)
        else
          OpenTransactions.after_commit(&block)
        end
      end
    end

    # The same for Rails before 7.2, which has no such hook.
    module OpenTransactions
      class << self
        def after_commit(&block)
          pending = connections
          return yield if pending.empty?

          callback = Callback.new(pending.size, block)
          pending.each { |connection| connection.add_transaction_record(callback) }
        end

        private

        # Tests wrap each case in a transaction that is not joinable and never commits: not one of the application's.
        def connections
          ConnectionPools.all.filter_map { |pool|
            connection = pool.active_connection? or next
            transaction = connection.current_transaction
            connection if transaction.open? && transaction.joinable?
          }
        end
      end
    end

    # What ActiveRecord's transactions expect of a record. Runs its block when the last of them has committed.
    class Callback
      def initialize(count, block)
        @count = count
        @block = block
      end

      def committed!(*)
        @count -= 1
        @block.call if @count.zero?
      end

      # One that rolled back never counts down, so that the block never runs.
      def rolledback!(*) end

      def before_committed!(*) end

      def has_transactional_callbacks?
        true
      end

      def trigger_transactional_callbacks?
        true
      end

      # A savepoint that is released hands its records to the transaction around it.
      def add_to_transaction(*) end
    end
  end
end
