package dev.devca.ca;

/** The rule for labels with right-to-left letters, RFC 5893 §2. */
final class BidiRule {
  static final String FAULT = "right-to-left and other letters mix (RFC 5893)";

  private BidiRule() {}

  static boolean isSatisfied(String label) {
    int[] kinds =
        label
            .codePoints()
            .map(Character::getDirectionality)
            .filter(kind -> kind != Character.DIRECTIONALITY_NONSPACING_MARK)
            .toArray();
    boolean hasRightToLeft = false;
    boolean hasEuropean = false;
    boolean hasArabic = false;
    boolean hasLeftToRight = false;
    for (int kind : kinds) {
      hasRightToLeft |= isRightToLeft(kind);
      hasEuropean |= kind == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
      hasArabic |= kind == Character.DIRECTIONALITY_ARABIC_NUMBER;
      hasLeftToRight |= kind == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
    }
    if (!hasRightToLeft) {
      return !hasArabic;
    }
    int last = kinds[kinds.length - 1];
    return isRightToLeft(kinds[0])
        && !hasLeftToRight
        && !(hasEuropean && hasArabic)
        && (isRightToLeft(last)
            || last == Character.DIRECTIONALITY_EUROPEAN_NUMBER
            || last == Character.DIRECTIONALITY_ARABIC_NUMBER);
  }

  private static boolean isRightToLeft(int kind) {
    return kind == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || kind == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }
}
