#pragma once
// Writes HTML in which every text and attribute is escaped: names of elements and attributes are
// known when the program is compiled, and nothing else gets into the page unescaped.

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace thuocdo::publish::detail {

/// The name of an element or attribute: a literal of letters, digits and hyphens.
class HtmlName {
  public:
    // NOLINTNEXTLINE(google-explicit-constructor): names are written as literals.
    consteval HtmlName(const char* literal) : text_(literal) {
        for (const char each : text_)
            if (!((each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                  (each >= '0' && each <= '9') || each == '-'))
                throw std::logic_error("not the name of an element or attribute");
    }
    [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }

  private:
    std::string_view text_;
};

/// The name of an attribute that can neither load nor run anything.
class AttributeName : public HtmlName {
  public:
    // NOLINTNEXTLINE(google-explicit-constructor): names are written as literals.
    consteval AttributeName(const char* literal) : HtmlName(literal) {
        const std::string_view name = text();
        if (name.starts_with("on") || name == "style" || name == "src" || name == "href" ||
            name == "action" || name == "srcdoc")
            throw std::logic_error("an attribute that can load or run something");
    }
};

/// An attribute and its value.
class HtmlAttribute {
  public:
    HtmlAttribute(AttributeName name, std::string value)
        : name_(name.text()), value_(std::move(value)) {}
    /// A link to an element of the same page, by its id: no other address can be written.
    [[nodiscard]] static HtmlAttribute link_to(std::string_view id) {
        HtmlAttribute link;
        link.name_ = "href";
        link.value_ = '#' + std::string(id);
        return link;
    }
    [[nodiscard]] std::string_view name() const noexcept { return name_; }
    [[nodiscard]] std::string_view value() const noexcept { return value_; }

  private:
    HtmlAttribute() = default;
    std::string_view name_;
    std::string value_;
};

/// Style or script that was compiled in; it cannot end its element.
class HtmlAsset {
  public:
    // NOLINTNEXTLINE(google-explicit-constructor): assets are constants.
    consteval HtmlAsset(std::string_view content) : content_(content) {
        if (content.find("</") != std::string_view::npos ||
            content.find("<!--") != std::string_view::npos)
            throw std::logic_error("an asset that would end its element");
    }
    [[nodiscard]] constexpr std::string_view content() const noexcept { return content_; }

  private:
    std::string_view content_;
};

class HtmlWriter;

/// An element that is open until the end of its scope.
class [[nodiscard]] HtmlElement {
  public:
    HtmlElement(HtmlWriter& writer, std::string_view name) : writer_(writer), name_(name) {}
    HtmlElement(const HtmlElement&) = delete;
    HtmlElement& operator=(const HtmlElement&) = delete;
    ~HtmlElement();

  private:
    HtmlWriter& writer_;
    std::string_view name_;
};

/// The page so far. Elements nest as the scopes of the program do, so that they are balanced.
class HtmlWriter {
  public:
    using Attributes = std::initializer_list<HtmlAttribute>;

    HtmlWriter() : page_("<!DOCTYPE html>\n") {}

    HtmlElement element(HtmlName name, Attributes attributes = {});
    /// An element that holds a text only.
    void leaf(HtmlName name, Attributes attributes, std::string_view text);
    /// An HTML element that never has an end, such as `meta`.
    void empty(HtmlName name, Attributes attributes);
    /// An element of SVG without content, such as `rect`.
    void shape(HtmlName name, Attributes attributes);
    /// `style` or `script` with an asset.
    void asset(HtmlName name, HtmlAsset asset);
    void text(std::string_view text);
    void line_break() { page_ += '\n'; }

    [[nodiscard]] std::string take() && { return std::move(page_); }

  private:
    friend class HtmlElement;
    void start(std::string_view name, Attributes attributes);
    void end(std::string_view name);

    std::string page_;
};

/// Text for people as it may stand in a page: `&`, `<`, `>` and quotes as references; control
/// characters and what is not UTF-8 as U+FFFD.
void append_escaped(std::string& page, std::string_view text);

/// Whether the text has characters that change the direction of the text around them.
[[nodiscard]] bool turns_direction(std::string_view text) noexcept;

/// A part of an id made from any text: letters, digits and hyphens stay, other bytes become `_`
/// and two hexadecimal digits, so that different texts stay different.
[[nodiscard]] std::string id_of(std::string_view text);

}  // namespace thuocdo::publish::detail
