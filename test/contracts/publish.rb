# frozen_string_literal: true

# Publishes samples through generated Ruby: ruby publish.rb GENERATED_FOLDER < samples.json > envelopes.json
require "json"
generated = ARGV.fetch(0)
require File.join(generated, "signalbox/signalbox")
Signalbox.configure { |config| config.transport = Signalbox::Transports::Buffer.new }
require File.join(generated, "ruby/events")

snake = ->(name) { name.gsub(/([a-z0-9])([A-Z])/, '\1_\2').tr(".", "_").downcase.to_sym }
JSON.parse($stdin.read).each do |sample|
  parameters = sample.fetch("parameters", {}).transform_keys(&snake)
  Events.publish!(sample.fetch("channel"), snake.call(sample.fetch("event")), sample.fetch("payload"), **parameters)
end
puts JSON.generate(Signalbox.transport.messages.map { |message| { channel: message.channel, text: message.text } })
