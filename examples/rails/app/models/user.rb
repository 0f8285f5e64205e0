# There is no database: a name is the whole account, and the id follows from it.
User = Struct.new(:id, :name) do
  # @return [User, nil] nil where the name is blank
  def self.named(name)
    name = name.to_s.squish.first(80)
    new(Zlib.crc32(name.downcase) + 1, name) if name.present?
  end
end
