# frozen_string_literal: true

require_relative "expectation"

module Signalbox
  # For system tests with Capybara, in Minitest and RSpec. While such a test runs, events really go to a gateway, which
  # {Testing::Gateway} starts, and from there to the browser. {TestHelper}'s assertions and RSpec's matchers see them too.
  #
  # @example test/application_system_test_case.rb
  #   class ApplicationSystemTestCase < ActionDispatch::SystemTestCase
  #     include Signalbox::SystemTestHelper
  #     driven_by :cuprite
  #   end
  # @example spec/rails_helper.rb
  #   RSpec.configure { |config| config.include Signalbox::SystemTestHelper, type: :system }
  module SystemTestHelper
    # Minitest and rspec-rails call it; +setup+ blocks run within it. A line of your own (+c.redis+, or a +c.transport+
    # other than +:test+) stays.
    def before_setup
      signalbox_go_live
      super
    end

    # Minitest and rspec-rails call it.
    def after_teardown
      super
    ensure
      signalbox_configure(**@signalbox_settings) if @signalbox_settings
    end

    # Waits, as long as Capybara waits for elements, until the gateway has confirmed this page's subscription: what is
    # published from here on reaches the page.
    #
    # @example
    #   visit room_path(1)
    #   wait_for_signalbox "room", room_id: 1
    # @param channel [String, Symbol] its name, or a concrete name: +"room:1"+
    # @param parameters [Hash] of the channel
    # @return [void]
    # @raise [Capybara::ExpectationNotMet] it is not; the message says what the page is subscribed to, and what to check
    # @raise [UnknownChannel, ArgumentError] that cannot be a channel's name
    # @raise [Error] the driver runs no JavaScript
    def wait_for_signalbox(channel, **parameters)
      name = Testing.concrete_name(channel, parameters)
      self.assertions += 1 if defined?(Minitest::Test) && is_a?(Minitest::Test) # It counts this, as it does Capybara's own.
      shown = Testing::Page.new(page)
      raise Capybara::ExpectationNotMet, shown.explain(name) unless shown.subscribed?(name)
    end

    private

    def signalbox_go_live
      settings = Signalbox.configuration
      return if settings.redis || ![ nil, :test ].include?(settings.transport)

      gateway = Testing::Gateway.current
      gateway.transport.clear
      @signalbox_settings = { transport: settings.transport, gateway_url: settings.gateway_url }
      signalbox_configure(transport: gateway.transport, gateway_url: gateway.page_url)
    end

    def signalbox_configure(**settings)
      Signalbox.configure do |configuration|
        settings.each { |name, value| configuration.public_send("#{name}=", value) }
      end
    end
  end
end
