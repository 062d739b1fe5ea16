"""Models of Unroll on tables of PySpark.

The module has the name of the Java package, by which PySpark finds the class of a stage when it loads a pipeline. It is in
unroll-spark.jar too, so that ``--py-files unroll-spark.jar`` brings it.
"""

import json

from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaTransformer

__all__ = ["UnrollTransformer"]

_JAVA = "dev.unroll.spark.UnrollTransformer"


def _to_json(arguments):
    return arguments if isinstance(arguments, str) else json.dumps(arguments)


class UnrollTransformer(JavaTransformer, JavaMLReadable, JavaMLWritable):
    """Answers a column of a table by a model of any task, in a column of structs.

    >>> opinions = UnrollTransformer(model="reviews.zip", inputCol="text", outputCol="opinion")
    >>> opinions.transform(reviews).select("text", "opinion.label", "opinion.probability")

    The model's file is read when it is named, sent to the executors and saved with a pipeline. A null is answered by a null.
    """

    inputCol = Param(Params._dummy(), "inputCol", "the column that is answered", TypeConverters.toString)
    outputCol = Param(Params._dummy(), "outputCol", "the column of answers, which must be new", TypeConverters.toString)
    verb = Param(Params._dummy(), "verb", "what the model is to do; without it the first it can", TypeConverters.toString)
    arguments = Param(Params._dummy(), "arguments", "of the verb, as a JSON object or a dict", _to_json)
    batchSize = Param(Params._dummy(), "batchSize", "most rows that are answered together", TypeConverters.toInt)

    def __init__(self, *, model=None, inputCol=None, outputCol=None, verb=None, arguments=None, batchSize=None):
        super().__init__()
        try:
            self._java_obj = self._new_java_obj(_JAVA, self.uid)
        except TypeError as e:  # what is called then is a package that does not exist
            raise RuntimeError(_JAVA + " is not on Spark's class path; give unroll-spark.jar and its dependencies by --jars") from e
        self._transfer_params_from_java()  # the usual values
        given = {"inputCol": inputCol, "outputCol": outputCol, "verb": verb, "arguments": arguments, "batchSize": batchSize}
        self._set(**{name: value for name, value in given.items() if value is not None})
        if model is not None:
            self.setModel(model)

    def setModel(self, path):
        """Reads a model's file, on the driver, of any file system that Hadoop knows."""
        self._java_obj.setModel(path)
        return self

    def setInputCol(self, column):
        """Names the column that is answered; without it ``text``."""
        return self._set(inputCol=column)

    def setOutputCol(self, column):
        """Names the column of answers, which must be new; without it ``answer``."""
        return self._set(outputCol=column)

    def setVerb(self, name):
        """Names what the model is to do, such as ``explain``."""
        return self._set(verb=name)

    def setArguments(self, arguments):
        """Gives the verb arguments, such as ``{"beam": 8}``."""
        return self._set(arguments=arguments)

    def setBatchSize(self, rows):
        """Sets how many rows are answered together at most."""
        return self._set(batchSize=rows)

    def getInputCol(self):
        return self.getOrDefault(self.inputCol)

    def getOutputCol(self):
        return self.getOrDefault(self.outputCol)

    def getVerb(self):
        return self.getOrDefault(self.verb)

    def getArguments(self):
        return self.getOrDefault(self.arguments)

    def getBatchSize(self):
        return self.getOrDefault(self.batchSize)
