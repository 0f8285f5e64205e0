# frozen_string_literal: true

module Signalbox
  # What a block publishes, kept until its end and then sent in one round trip. If one of the messages breaks the
  # contract, or the block does not reach its end, none is sent.
  #
  # A message belongs to the transactions that were open where it was published: what they rolled back by the end does
  # not go, and what still waits for those around the batch goes after their commit, in one round trip of its own.
  class Batch
    KEY = :signalbox_batch
    # +committed+ is nil until all transactions of the message are.
    Entry = Struct.new(:message, :options, :committed)
    private_constant :KEY, :Entry

    class << self
      # @return [Batch, nil] the one that this fiber is in
      def current
        Thread.current[KEY]
      end

      # A batch in a batch is part of the outer one, which sends it.
      #
      # @param options [Options] of its messages; an inner batch without any has those of the outer
      # @param raising [Boolean]
      # @return [Array<String>, nil] ids of the messages; nil where nothing was sent
      # @raise [ContractError, DeliveryError] if raising
      def collect(options, raising:)
        outer = current
        batch = new(outer, options, raising)
        begin
          Thread.current[KEY] = batch
          yield
        ensure
          Thread.current[KEY] = outer
        end
        batch.finish
      end
    end

    # @return [Options]
    attr_reader :options

    def initialize(outer, options, raising)
      @outer = outer
      @options = outer && options.equal?(Options::DEFAULT) ? outer.options : options
      @raising = raising || outer&.raising? || false
      @entries = []
      @violation = nil
    end

    # @param message [Message]
    # @param options [Options] of this one message
    # @return [String] its id
    def add(message, options)
      options = @options if options.equal?(Options::DEFAULT)
      entry = Entry.new(message, options)
      @entries << entry
      if options.commit == :now || Transaction.none?
        entry.committed = true
      else
        Transaction.after_commit { entry.committed = true }
      end
      message.id
    end

    # @return [Boolean] whether its caller wants what breaks the contract to be raised
    def raising?
      @raising
    end

    # Called for each message that breaks the contract, also where the block rescues what is raised.
    #
    # @param violation [ContractError]
    def spoil(violation)
      @violation ||= violation
      @outer&.spoil(violation)
    end

    # @return [Array<String>, nil]
    # @raise [ContractError, DeliveryError] if raising
    def finish
      return refuse if @violation
      return deliver unless @outer

      @outer.append(@entries)
      ids
    end

    protected

    # @param entries [Array<Entry>] of an inner batch
    def append(entries)
      @entries.concat(entries)
    end

    private

    def ids
      @entries.map { |entry| entry.message.id }
    end

    def refuse
      raise @violation if @raising

      Report.log("a batch was not sent, as a message of it breaks the contract: #{@violation.message}") unless @outer
      nil
    end

    def deliver
      committed, waiting = @entries.partition(&:committed)
      # Asked for last, so that it runs after what each of them has asked for.
      Transaction.after_commit { send_out(waiting.select(&:committed), raising: false, deferred: true) } if waiting.any?
      ids if send_out(committed, raising: @raising)
    end

    # @return [Boolean] false where a delivery failed and was reported
    def send_out(entries, raising:, deferred: false)
      delivered = entries.group_by { |entry| entry.options.later }.each_value.map { |group|
        Delivery.attempt(group.map(&:message), group.first.options, raising: raising, deferred: deferred)
      }
      delivered.all?
    end
  end
end
