require "capybara/cuprite"

# CHROMIUM names it where it is in no usual place.
CHROMIUM = {
  browser_path: ENV["CHROMIUM"],
  browser_options: { "no-sandbox" => nil, "disable-gpu" => nil }, # root, as in most containers, has no sandbox to use
  process_timeout: 30,
  timeout: 20
}.compact

# In an app of your own the gateway is found by itself: node_modules/.bin/signalbox, started in the app's folder.
Signalbox::Testing::Gateway.folder = Rails.root.join("../..")
Signalbox::Testing::Gateway.command = %w[node bin/signalbox.js dev --no-announce]

# Conditions are waited for, so that a busy machine is no failure.
Capybara.default_max_wait_time = 20
Capybara.server = :puma, { Silent: true }
