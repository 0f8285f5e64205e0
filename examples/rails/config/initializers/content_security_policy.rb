Rails.application.configure do
  config.content_security_policy do |policy|
    policy.default_src     :none
    policy.script_src      :self
    policy.style_src       :self
    policy.img_src         :self, :data
    policy.connect_src     :self, -> { Signalbox.connect_sources(self) }
    policy.form_action     :self
    policy.base_uri        :none
    policy.frame_ancestors :none
  end

  # For the import map, which is the only script inside the pages.
  config.content_security_policy_nonce_generator = ->(_request) { SecureRandom.base64(16) }
  config.content_security_policy_nonce_directives = %w[script-src]
end
