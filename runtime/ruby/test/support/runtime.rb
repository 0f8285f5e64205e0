# frozen_string_literal: true

# For tests without Rails. SIGNALBOX_TEST_GENERATED is the folder that codegen wrote: events.rb and signalbox/.
require "bundler/setup"
require "minitest/autorun"

GENERATED = ENV.fetch("SIGNALBOX_TEST_GENERATED")
require File.join(GENERATED, "signalbox/signalbox")
require File.join(GENERATED, "app/events")

module RuntimeTest
  # What was sent, and a configuration that the next test does not see.
  def setup
    super
    @configuration = Signalbox.configuration.dup
    @sent = []
    sent = @sent
    Signalbox.configure do |c|
      c.redis = lambda { |channel, text|
        sent << [ channel, JSON.parse(text) ]
        1
      }
    end
  end

  def teardown
    restore = @configuration
    Signalbox.configure do |c|
      restore.instance_variables.each { |name| c.instance_variable_set(name, restore.instance_variable_get(name)) }
    end
    super
  end

  def sent_payloads
    @sent.map { |_, envelope| envelope.fetch("d") }
  end

  MESSAGE = { id: "7", author: "Ada", body: "hi", posted_at: "2026-01-02T03:04:05Z" }.freeze
end
