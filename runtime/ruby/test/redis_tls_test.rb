# frozen_string_literal: true

require_relative "support/runtime"
require_relative "support/redis_server"
require_relative "support/redis_clients"
require "openssl"

# Redis over TLS, with a certificate that no authority signed, as hosts of Redis give them out.
class RedisTlsTest < Minitest::Test
  include RuntimeTest

  FOLDER = Dir.mktmpdir("signalbox-tls")
  KEY = File.join(FOLDER, "key.pem")
  CERTIFICATE = File.join(FOLDER, "certificate.pem")

  def self.make_certificate
    key = OpenSSL::PKey::RSA.new(2048)
    certificate = OpenSSL::X509::Certificate.new
    certificate.version = 2
    certificate.serial = 1
    certificate.subject = certificate.issuer = OpenSSL::X509::Name.parse("/CN=127.0.0.1")
    certificate.public_key = key
    certificate.not_before = Time.now - 60
    certificate.not_after = Time.now + 3600
    certificate.add_extension(OpenSSL::X509::ExtensionFactory.new.create_extension("subjectAltName", "IP:127.0.0.1"))
    certificate.sign(key, "SHA256")
    File.write(KEY, key.to_pem)
    File.write(CERTIFICATE, certificate.to_pem)
  end
  make_certificate

  TLS_PORT = RedisServer.free_port
  SERVER = RedisServer.new(tls_port: TLS_PORT, tls_cert_file: CERTIFICATE, tls_key_file: KEY, tls_auth_clients: "no")
  URL = "rediss://127.0.0.1:#{TLS_PORT}"
  Minitest.after_run do
    SERVER.remove
    FileUtils.remove_entry(FOLDER)
  end

  def publish
    Events::Thing.updated!(user_id: 1, contents: "x")
  end

  def test_client_that_knows_the_certificate
    [
      RedisClient.config(url: URL, ssl_params: { ca_file: CERTIFICATE }).new_pool,
      (Redis.new(url: URL, ssl_params: { ca_file: CERTIFICATE }) if REDIS_RB)
    ].compact.each do |client|
      Signalbox.configure { |c| c.redis = client }
      assert_equal 1, SERVER.listen("thing", count: 1) { publish }.size, client.class.name
    end
  end

  def test_redis_url_where_the_system_knows_the_certificate
    code = "require #{File.join(GENERATED, "signalbox/signalbox").inspect}; require #{File.join(GENERATED, "app/events").inspect}; " \
      'Events::Thing.updated!(user_id: 1, contents: "x")'
    received = SERVER.listen("thing", count: 1) {
      # OpenSSL reads it once, when it is loaded.
      assert system({ "REDIS_URL" => URL, "SSL_CERT_FILE" => CERTIFICATE }, RbConfig.ruby, "-e", code)
    }
    assert_equal 1, received.size
  end

  def test_redis_url_where_nobody_knows_the_certificate
    ENV["REDIS_URL"] = URL
    Signalbox.configure { |c| c.redis = nil }
    error = assert_raises(Signalbox::DeliveryError) { publish }
    assert_includes error.message, "certificate verify failed"
  ensure
    ENV.delete("REDIS_URL")
  end
end
