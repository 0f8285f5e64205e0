# frozen_string_literal: true

# The tests listen with redis-client. What they publish with is redis-rb as well, where the Gemfile has it.
require "redis-client"

REDIS_RB = Gem.loaded_specs.key?("redis")
require "redis" if REDIS_RB
