# A logistic regression with a random intercept for each provider by lme4. usage: TABLE.csv RUNS
suppressMessages(library(lme4))
asked <- commandArgs(trailingOnly = TRUE)
rows <- read.csv(asked[1])
model <- outcome ~ x1 + x2 + x3 + x4 + x5 + (1 | provider)
seconds <- c()
while (length(seconds) < as.integer(asked[2]) && sum(seconds) < 15) {
  seconds <- c(seconds, system.time(found <- glmer(model, data = rows, family = binomial))[["elapsed"]])
}
effects <- ranef(found)$provider[, 1]
spread <- sqrt(VarCorr(found)$provider[1, 1])
told <- paste(sprintf("%.9f", effects), collapse = ", ")
cat(sprintf('{"seconds": [%s], "spread": %.9f, "effects": [%s]}\n', paste(seconds, collapse = ", "), spread, told))
