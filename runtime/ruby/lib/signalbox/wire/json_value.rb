# frozen_string_literal: true

module Signalbox
  module Wire
    # +z.any()+, +z.unknown()+ and +z.json()+: whatever JSON can hold.
    class << self
      # Whether a value, with all that is in it, is a wire value.
      # @param depth [Integer] how many arrays and objects it is in
      def json?(value, depth = 0)
        case value
        when ::String then text?(value)
        when nil, true, false then true
        when ::Integer then value.to_f.finite?
        when ::Float then value.finite?
        when ::Hash
          depth < MAX_DEPTH && value.all? { |key, member| text?(key) && json?(member, depth + 1) }
        when ::Array
          depth < MAX_DEPTH && value.all? { |item| json?(item, depth + 1) }
        else false
        end
      end

      # +z.any()+ and +z.unknown()+, which take an absent value too.
      def any(issues, value)
        UNDEFINED.equal?(value) ? value : explain_json(issues, value)
      end

      # +z.json()+, which to zod is a union.
      def json(issues, value)
        return refuse(issues, value, "invalid_union", "Invalid input") if UNDEFINED.equal?(value)
        return without_proto(value) if json?(value)

        explain_json(issues, value)
      end

      # Reports each place where a value is none. zod never sees such a value, so the code is ours to choose.
      def explain_json(issues, value, depth = 0)
        case value
        when ::Hash
          return too_deep(issues, value) if depth >= MAX_DEPTH

          value.each { |key, member| explain_member(issues, key, member, depth + 1) }
        when ::Array
          return too_deep(issues, value) if depth >= MAX_DEPTH

          value.each_with_index { |item, index| under(issues, index) { explain_json(issues, item, depth + 1) } }
        when ::String
          invalid_text(issues, value) unless text?(value)
        else
          invalid_type(issues, value, "JSON") unless json?(value)
        end
        value
      end

      def too_deep(issues, value)
        stop(issues, value, "too_deep", "Too deep: more than #{MAX_DEPTH} levels of arrays and objects")
      end

      # +z.json()+ builds its objects anew, and drops +__proto__+ on the way.
      # @return [Object] the same object where there is none
      def without_proto(value)
        case value
        when ::Hash
          clean = value.reject { |key, _| key == "__proto__" }.transform_values { |member| without_proto(member) }
          clean == value ? value : clean
        when ::Array
          clean = value.map { |item| without_proto(item) }
          clean == value ? value : clean
        else value
        end
      end

      # A record without the one key that zod never copies.
      def without_proto_key(hash)
        hash.key?("__proto__") ? hash.reject { |key, _| key == "__proto__" } : hash
      end

      private

      def explain_member(issues, key, member, depth)
        return under(issues, key) { explain_json(issues, member, depth) } if text?(key)

        refuse(issues, key, "invalid_key", "Invalid key: expected a String in UTF-8, received #{type_name(key)}")
      end
    end
  end
end
