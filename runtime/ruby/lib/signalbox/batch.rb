# frozen_string_literal: true

module Signalbox
  # What a block publishes, kept until its end and then sent in one round trip. If one of the messages breaks the
  # contract, or the block raises, none is sent.
  class Batch
    KEY = :signalbox_batch
    private_constant :KEY

    class << self
      # @return [Batch, nil] the one that this fiber is in
      def current
        Thread.current[KEY]
      end

      # A batch in a batch is part of the outer one.
      #
      # @param options [Options]
      # @param raising [Boolean]
      # @return [Array<String>, nil] ids of the messages; nil where nothing was sent
      def collect(options, raising:)
        outer = current
        if outer
          yield
          return outer.ids
        end

        batch = new(options, raising)
        begin
          Thread.current[KEY] = batch
          yield
        ensure
          Thread.current[KEY] = nil
        end
        batch.deliver
      end
    end

    def initialize(options, raising)
      @options = options
      @raising = raising
      @entries = []
      @violations = 0
    end

    # @param message [Message]
    # @param options [Options] of this one message
    # @return [String] its id
    def add(message, options)
      merged = options == Options::DEFAULT ? @options : options
      @entries << [ merged, message ]
      message.id
    end

    # @return [Boolean] whether its caller wants what breaks the contract to be raised
    def raising?
      @raising
    end

    # Called for a message that broke the contract and was reported rather than raised.
    def spoil
      @violations += 1
    end

    # @return [Array<String>]
    def ids
      @entries.map { |_, message| message.id }
    end

    # @return [Array<String>, nil]
    def deliver
      return nil if @violations.positive?

      groups = @entries.group_by { |options, _| [ options.commit, options.later ] }
      delivered = groups.values.map { |entries|
        Delivery.call(entries.map(&:last), entries.first.first, raising: @raising)
      }
      ids if delivered.all?
    end
  end
end
